import {
  Body,
  Controller,
  Headers,
  Inject,
  Post,
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
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  type ApiOperationOptions,
} from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { AdminGuard } from '../admin/admin.guard.ts';
import { SettingsService } from '../admin/settings.service.ts';
import type { ProcessingMode } from '../contract/run.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { validated } from '../http/validated.ts';
import { ImageUploadInterceptor, uploadedImages } from '../runs/image-upload.interceptor.ts';
import {
  contextOf,
  groundOf,
  multipartSchema,
  ParserFormDto,
  preferOf,
  prefersAsync,
  sendStarted,
  wantsFreshAnswers,
} from '../runs/run-request.dto.ts';
import type { Audience } from '../runs/run-store.ts';
import { RunsService } from '../runs/runs.service.ts';

type Files = Express.Multer.File[];
const form = () => Body(validated('request.invalid'));

function ParserCall(path: string, summary: string, options: ApiOperationOptions = {}): MethodDecorator {
  const fields = {
    timezone: { type: 'string' },
    city: { type: 'string' },
    state: { type: 'string' },
    notes: { type: 'string' },
    ground: { type: 'string', enum: ['on', 'off'] },
  };
  return applyDecorators(
    Post(path),
    ApiOperation({ summary, ...options }),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: multipartSchema(fields) }),
    ApiHeader({
      name: 'Cache-Control',
      required: false,
      description: '`no-cache`: ask again for what was asked before',
    }),
    ApiHeader({ name: 'Prefer', required: false, description: '`respond-async`: answer 202 at once' }),
    ApiOkResponse({ schema: schemaRef('RunResult') }),
    ApiAcceptedResponse({ schema: schemaRef('RunStarted'), description: 'With `Prefer: respond-async`' }),
  );
}

/** Shows from screenshots: one after another or through the worker pool, for visitors and for the admin. */
@ApiTags('parser')
@Controller('api/parser')
export class ParserController {
  readonly #runs: RunsService;
  readonly #settings: SettingsService;

  constructor(@Inject(RunsService) runs: RunsService, @Inject(SettingsService) settings: SettingsService) {
    this.#runs = runs;
    this.#settings = settings;
  }

  @ParserCall('analyze-screenshots', 'Shows from screenshots, one image after another')
  @UseInterceptors(ImageUploadInterceptor('public'))
  analyzeScreenshots(
    @UploadedFiles() files: Files,
    @form() body: ParserFormDto,
    @Headers() headers: IncomingHttpHeaders,
    @Res() response: Response,
  ): Promise<void> {
    return this.#analyze('sequential', 'public', files, body, headers, response);
  }

  @ParserCall('analyze-screenshots-parallel', 'Shows from screenshots, through the worker pool')
  @UseInterceptors(ImageUploadInterceptor('public'))
  analyzeScreenshotsParallel(
    @UploadedFiles() files: Files,
    @form() body: ParserFormDto,
    @Headers() headers: IncomingHttpHeaders,
    @Res() response: Response,
  ): Promise<void> {
    return this.#analyze('parallel', 'public', files, body, headers, response);
  }

  @ParserCall('analyze-admin-screenshots', 'Shows from screenshots, one image after another, with admin limits')
  @ApiBearerAuth('admin')
  @UseGuards(AdminGuard)
  @UseInterceptors(ImageUploadInterceptor('admin'))
  analyzeAdminScreenshots(
    @UploadedFiles() files: Files,
    @form() body: ParserFormDto,
    @Headers() headers: IncomingHttpHeaders,
    @Res() response: Response,
  ): Promise<void> {
    return this.#analyze('sequential', 'admin', files, body, headers, response);
  }

  @ParserCall(
    'analyze-admin-screenshots-parallel',
    'Shows from screenshots, through the worker pool, with admin limits',
  )
  @ApiBearerAuth('admin')
  @UseGuards(AdminGuard)
  @UseInterceptors(ImageUploadInterceptor('admin'))
  analyzeAdminScreenshotsParallel(
    @UploadedFiles() files: Files,
    @form() body: ParserFormDto,
    @Headers() headers: IncomingHttpHeaders,
    @Res() response: Response,
  ): Promise<void> {
    return this.#analyze('parallel', 'admin', files, body, headers, response);
  }

  async #analyze(
    mode: ProcessingMode,
    audience: Audience,
    files: Files,
    body: ParserFormDto,
    headers: IncomingHttpHeaders,
    response: Response,
  ): Promise<void> {
    const started = await this.#runs.start({
      analysis: 'shows',
      mode,
      audience,
      context: contextOf(body),
      settings: this.#settings.get(),
      ...groundOf(body),
      useKept: !wantsFreshAnswers(headers['cache-control']),
      images: uploadedImages(files),
    });
    if (prefersAsync(preferOf(headers))) return sendStarted(response, started, true);
    response.status(200).json(await this.#runs.whenEnded(started.runId));
  }
}
