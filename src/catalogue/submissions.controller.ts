import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AdminAccess, bearerToken } from '../admin/admin-access.ts';
import type { Submission, Suggestion } from '../contract/suggestion.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { RunAccessGuard } from '../runs/run-access.guard.ts';
import { bodyOf } from './changeset-bodies.ts';
import { parsed } from './list-query.ts';
import { suggestBody, SubmissionsService } from './submissions.service.ts';

/** What the sender of a run says of its shows, and what becomes of them. */
@ApiTags('submissions')
@ApiBearerAuth('admin')
@ApiBearerAuth('run')
@UseGuards(RunAccessGuard)
@Controller('api/runs')
export class SubmissionsController {
  readonly #submissions: SubmissionsService;
  readonly #admin: AdminAccess;

  constructor(@Inject(SubmissionsService) submissions: SubmissionsService, @Inject(AdminAccess) admin: AdminAccess) {
    this.#submissions = submissions;
    this.#admin = admin;
  }

  @Get(':id/suggestions')
  @ApiOperation({ summary: 'What the sender says of the shows of a run' })
  @ApiOkResponse({ schema: schemaRef('Suggestions') })
  suggestions(@Param('id') id: string): Promise<Suggestion[]> {
    return this.#submissions.suggestions(id);
  }

  @Post(':id/suggestions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm a show of a run, or say how it should be',
    description: 'For the reviewer to see; never a decision by itself. The last one on each show counts.',
  })
  @ApiBody({ schema: bodyOf(suggestBody) })
  @ApiOkResponse({ schema: schemaRef('Suggestions') })
  @ApiResponse({ status: 409, schema: schemaRef('Problem'), description: 'run.wrongState or changeset.wrongState' })
  suggest(@Param('id') id: string, @Body() body: unknown, @Req() request: Request): Promise<Suggestion[]> {
    const isAdmin = this.#admin.allows(bearerToken(request.headers.authorization));
    return this.#submissions.suggest(id, parsed(suggestBody, body), isAdmin ? 'admin' : 'submitter');
  }

  @Get(':id/submission')
  @ApiOperation({ summary: 'What becomes of a sent run' })
  @ApiOkResponse({ schema: schemaRef('Submission') })
  submission(@Param('id') id: string): Promise<Submission> {
    return this.#submissions.submission(id);
  }
}
