import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AdminAccess, bearerToken } from '../admin/admin-access.ts';
import { AdminGuard } from '../admin/admin.guard.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import type { Pile, PileStarted } from '../contract/pile.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { validated } from '../http/validated.ts';
import { preferOf, prefersAsync, sendStarted } from '../runs/run-request.dto.ts';
import { PileAccessGuard } from './pile-access.guard.ts';
import { AddUrlsDto, EstimatePileDto, StartPileRunDto } from './pile.dto.ts';
import { PileRuns } from './pile-runs.ts';
import { PilesService } from './piles.service.ts';
import { PublicAllowances } from './public-allowances.ts';

/** Piles: images are put together, looked at and thinned out before a run is started. */
@ApiTags('piles')
@Controller('api/piles')
export class PilesController {
  readonly #piles: PilesService;
  readonly #runs: PileRuns;
  readonly #admin: AdminAccess;
  readonly #allowances: PublicAllowances;

  constructor(
    @Inject(PilesService) piles: PilesService,
    @Inject(PileRuns) runs: PileRuns,
    @Inject(AdminAccess) admin: AdminAccess,
    @Inject(PublicAllowances) allowances: PublicAllowances,
  ) {
    this.#piles = piles;
    this.#runs = runs;
    this.#admin = admin;
    this.#allowances = allowances;
  }

  @Post()
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Begin a pile',
    description:
      'Public; with the admin token it has the bounds of the admin. Send files to `/api/piles/:id/files` by the tus protocol. ' +
      'A pile is kept for a day, over restarts, and may start several runs.',
  })
  @ApiCreatedResponse({ schema: schemaRef('PileStarted') })
  start(@Req() request: Request): Promise<PileStarted> {
    const token = bearerToken(request.headers.authorization);
    if (this.#admin.allows(token)) return this.#piles.start('admin');
    // Someone who meant to be the admin would wonder at the bounds of a visitor.
    if (request.headers.authorization !== undefined) {
      throw new CodedError('auth.required', 'This is not the admin token. Send none for a pile as a visitor.');
    }
    this.#allowances.takePile(request.ip ?? '');
    return this.#piles.start('public');
  }

  @Get(':id')
  @UseGuards(PileAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('pile')
  @ApiOperation({ summary: 'The images of a pile, and what gave none' })
  @ApiOkResponse({ schema: schemaRef('Pile') })
  get(@Param('id') id: string): Promise<Pile> {
    return this.#piles.view(id);
  }

  @Post(':id/urls')
  @HttpCode(202)
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Let the server fetch images',
    description:
      'Only from the public internet, also after redirects. 20 at once from one host and 50 in all; what passes is tried again, ' +
      'and what is stored here from the same address is asked about and not sent again. Goes on after a restart. What cannot ' +
      'be fetched (too large, a web page, not there) becomes a problem of the pile.',
  })
  @ApiAcceptedResponse({ schema: schemaRef('Pile') })
  async addUrls(@Param('id') id: string, @Body(validated('request.invalid')) { urls }: AddUrlsDto): Promise<Pile> {
    await this.#piles.addUrls(id, urls);
    return this.#piles.view(id);
  }

  @Delete(':id/images/:position')
  @HttpCode(204)
  @UseGuards(PileAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('pile')
  @ApiOperation({ summary: 'Take an image out of a pile' })
  @ApiNoContentResponse()
  async removeImage(@Param('id') id: string, @Param('position') position: string): Promise<void> {
    if (!/^\d{1,9}$/.test(position)) throw new CodedError('image.notFound', 'The pile has no image at this position.');
    await this.#piles.removeImage(id, Number(position));
  }

  @Post(':id/estimate')
  @HttpCode(200)
  @UseGuards(PileAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('pile')
  @ApiOperation({ summary: 'Calls, tokens, dollars and seconds of a run of this pile, beforehand' })
  @ApiOkResponse({ schema: schemaRef('RunEstimate') })
  estimate(@Param('id') id: string, @Body(validated('request.invalid')) body: EstimatePileDto): Promise<RunEstimate> {
    return this.#runs.estimate(id, body);
  }

  @Post(':id/runs')
  @UseGuards(PileAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('pile')
  @ApiOperation({
    summary: 'Start a run of this pile, or of some of its images',
    description:
      'With `video`, frames of a video are its images: they are chosen and described while the video is still being sent. Where nothing ' +
      'comes any more the run makes do with what is here, and says so (`upload.brokenOff`).',
  })
  @ApiAcceptedResponse({ schema: schemaRef('RunStarted') })
  async run(
    @Param('id') id: string,
    @Body(validated('request.invalid')) body: StartPileRunDto,
    @Headers() headers: Request['headers'],
    @Res() response: Response,
  ): Promise<void> {
    sendStarted(response, await this.#runs.start(id, body), prefersAsync(preferOf(headers)));
  }
}
