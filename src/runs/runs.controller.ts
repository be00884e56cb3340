import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UploadedFiles,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { AdminGuard } from '../admin/admin.guard.ts';
import { SettingsService } from '../admin/settings.service.ts';
import { EXPORT_TYPES, exportRun } from '../catalogue/exports/export-run.ts';
import type { PictureOf } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import { ANALYSES, EXPORT_FORMATS, type ExportFormat, type RunResult, type RunSummary } from '../contract/run.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { validated } from '../http/validated.ts';
import { EventStream } from './event-stream.ts';
import { ImageShelf } from './image-shelf.ts';
import { ImageUploadInterceptor } from './image-upload.interceptor.ts';
import { PICTURE_SOURCE } from './picture-source.ts';
import { RunAccessGuard } from './run-access.guard.ts';
import { runInput } from './run-input.ts';
import {
  groundOf,
  multipartSchema,
  preferOf,
  prefersAsync,
  sendStarted,
  StartRunFormDto,
  toldContextOf,
  wantsFreshAnswers,
} from './run-request.dto.ts';
import { RunsService } from './runs.service.ts';

const PAGE_LIMIT = 100;

/** Runs: start any analysis, look, follow, steer, and take the result away. */
@ApiTags('runs')
@Controller('api/runs')
export class RunsController {
  readonly #runs: RunsService;
  readonly #settings: SettingsService;
  readonly #shelf: ImageShelf;
  readonly #picture: PictureOf;

  constructor(
    @Inject(RunsService) runs: RunsService,
    @Inject(SettingsService) settings: SettingsService,
    @Inject(ImageShelf) shelf: ImageShelf,
    @Inject(PICTURE_SOURCE) picture: PictureOf,
  ) {
    this.#picture = picture;
    this.#shelf = shelf;
    this.#runs = runs;
    this.#settings = settings;
  }

  @Post()
  @UseGuards(AdminGuard)
  @UseInterceptors(ImageUploadInterceptor('admin'))
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Start an analysis' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: multipartSchema({
      analysis: { type: 'string', enum: [...ANALYSES], default: 'shows' },
      mode: { type: 'string', enum: ['sequential', 'parallel'] },
      timezone: { type: 'string' },
      city: { type: 'string' },
      state: { type: 'string' },
      notes: { type: 'string' },
      ground: { type: 'string', enum: ['on', 'off'] },
      batch: {
        type: 'boolean',
        description: 'Half the price, within 24 hours: the questions go out in batches. With MODEL=openai only',
      },
      detections: {
        type: 'string',
        description: 'Boxes to ask about one by one: COCO JSON, or a list of { image, box }',
      },
      options: { type: 'string', description: 'What the analysis is to go by, as JSON: see docs/analyses.md' },
    }),
  })
  @ApiAcceptedResponse({ schema: schemaRef('RunStarted') })
  async start(
    @UploadedFiles() files: Express.Multer.File[],
    @Body(validated('request.invalid')) body: StartRunFormDto,
    @Headers() headers: IncomingHttpHeaders,
    @Res() response: Response,
  ): Promise<void> {
    const settings = this.#settings.get();
    const started = await this.#runs.start({
      analysis: body.analysis ?? 'shows',
      mode: body.mode ?? settings.processingMode,
      audience: 'admin',
      context: toldContextOf(body),
      settings,
      ...groundOf(body),
      batch: body.batch,
      useKept: !wantsFreshAnswers(headers['cache-control']),
      ...(await runInput(files, body.analysis ?? 'shows', body.detections, this.#shelf.directory)),
    });
    sendStarted(response, started, prefersAsync(preferOf(headers)));
  }

  @Get()
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'The runs, newest first' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: PAGE_LIMIT } })
  @ApiQuery({ name: 'before', required: false, description: 'The last runId of the page before' })
  @ApiOkResponse({ schema: { type: 'array', items: schemaRef('RunSummary') } })
  list(@Query('limit') limit?: string, @Query('before') before?: unknown): Promise<RunSummary[]> {
    const wanted = Number(limit ?? PAGE_LIMIT);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > PAGE_LIMIT) {
      throw new CodedError('request.invalid', `limit must be a whole number from 1 to ${PAGE_LIMIT}.`);
    }
    if (before !== undefined && typeof before !== 'string') {
      throw new CodedError('request.invalid', 'before must be one run id.');
    }
    return this.#runs.list({ limit: wanted, ...(before ? { before } : {}) });
  }

  @Get(':id')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({ summary: "One run's state and result" })
  @ApiOkResponse({ schema: schemaRef('RunResult') })
  get(@Param('id') id: string): Promise<RunResult> {
    return this.#runs.result(id);
  }

  @Get(':id/events')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({
    summary: 'Follow a run: server-sent events',
    description: 'Events `progress`, `image`, `record`, `done`; resumable by `Last-Event-ID`. 204 when all was told.',
  })
  @ApiProduces('text/event-stream')
  async events(
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const after = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : 0;
    // 204 is what makes a browser stop coming back.
    if ((await this.#runs.isToldUpTo(id, after)) && after > 0) return void response.status(204).end();
    const stream = new EventStream(response);
    const unwatch = await this.#runs.watch(
      id,
      after,
      (event) => stream.send(event),
      () => stream.end(),
    );
    stream.onClose(unwatch);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Pause: calls under way end, none starts' })
  @ApiOkResponse({ schema: schemaRef('RunResult') })
  pause(@Param('id') id: string): Promise<RunResult> {
    return this.#runs.pause(id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Go on with a paused run' })
  @ApiOkResponse({ schema: schemaRef('RunResult') })
  resume(@Param('id') id: string): Promise<RunResult> {
    return this.#runs.resume(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Cancel: calls under way are stopped; what was read is kept' })
  @ApiOkResponse({ schema: schemaRef('RunResult') })
  cancel(@Param('id') id: string): Promise<RunResult> {
    return this.#runs.cancel(id);
  }

  @Post(':id/retry-failed')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Read the failed images again whose failure may pass' })
  @ApiOkResponse({ schema: schemaRef('RunResult') })
  retryFailed(@Param('id') id: string): Promise<RunResult> {
    return this.#runs.retryFailed(id);
  }

  @Get(':id/export')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({ summary: 'The result as a file' })
  @ApiQuery({ name: 'format', enum: EXPORT_FORMATS })
  @ApiProduces(...EXPORT_FORMATS.map((format) => EXPORT_TYPES[format].replace(/;.*/, '')))
  async export(
    @Param('id') id: string,
    @Query('format') format: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const known = EXPORT_FORMATS.find((each): each is ExportFormat => each === format);
    if (!known) {
      throw new CodedError('request.invalid', `format must be one of ${EXPORT_FORMATS.join(', ')}.`);
    }
    const file = await exportRun(await this.#runs.result(id), known, { picture: this.#picture });
    response.type(file.contentType).attachment(file.fileName).send(toSend(file.body));
  }
}

/** The framework would print an array of bytes as JSON. */
function toSend(body: string | Uint8Array): string | Buffer {
  return typeof body === 'string' ? body : Buffer.from(body);
}
