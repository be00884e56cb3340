import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '../admin/admin.guard.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { FoundImage } from '../contract/search.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { RunAccessGuard } from '../runs/run-access.guard.ts';
import { RunSearch } from './run-search.ts';

const MOST_RESULTS = 50;
const FEW_RESULTS = 12;
const LONGEST_QUESTION = 500;

/** Looks for images by what they are about. */
@ApiTags('runs')
@Controller('api')
export class RunSearchController {
  readonly #search: RunSearch;

  constructor(@Inject(RunSearch) search: RunSearch) {
    this.#search = search;
  }

  @Get('runs/:id/search')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({ summary: 'The images of a run that a question is about, nearest first' })
  @ApiQuery({ name: 'q', description: 'In words' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiOkResponse({ schema: { type: 'array', items: schemaRef('FoundImage') } })
  inRun(@Param('id') id: string, @Query('q') q: unknown, @Query('limit') limit?: unknown): Promise<FoundImage[]> {
    return this.#search.find(questionOf(q), limitOf(limit), id);
  }

  @Get('search')
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'The same over all runs' })
  @ApiQuery({ name: 'q', description: 'In words' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiOkResponse({ schema: { type: 'array', items: schemaRef('FoundImage') } })
  inAll(@Query('q') q: unknown, @Query('limit') limit?: unknown): Promise<FoundImage[]> {
    return this.#search.find(questionOf(q), limitOf(limit), null);
  }
}

function questionOf(q: unknown): string {
  const question = typeof q === 'string' ? q.trim() : '';
  if (question !== '' && question.length <= LONGEST_QUESTION) return question;
  throw new CodedError('request.invalid', `q must be a question of 1 to ${LONGEST_QUESTION} characters.`);
}

function limitOf(limit: unknown): number {
  const wanted = Number(limit ?? FEW_RESULTS);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_RESULTS) return wanted;
  throw new CodedError('request.invalid', `limit must be a whole number from 1 to ${MOST_RESULTS}.`);
}
