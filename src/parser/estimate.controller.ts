import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Post,
  Req,
  UploadedFiles,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AdminGuard } from '../admin/admin.guard.ts';
import { SettingsService } from '../admin/settings.service.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import { CodedError } from '../contract/coded-error.ts';
import { ANALYSES } from '../contract/run.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { validated } from '../http/validated.ts';
import { storedImagePath } from '../images/stream-intake.ts';
import { detectedUnits } from '../runs/detected-units.ts';
import { ImageShelf } from '../runs/image-shelf.ts';
import { FILES_FIELD, ImageUploadInterceptor, uploadedImages } from '../runs/image-upload.interceptor.ts';
import { toldContextOf } from '../runs/run-request.dto.ts';
import { EstimateDto } from './estimate.dto.ts';
import { KaraokeParserService } from './karaoke-parser.service.ts';
import { estimateRun, sizesOf } from './run-estimate.ts';

const FIELDS = {
  analysis: { type: 'string', enum: [...ANALYSES], default: 'shows' },
  mode: { type: 'string', enum: ['sequential', 'parallel'] },
  timezone: { type: 'string' },
  city: { type: 'string' },
  state: { type: 'string' },
  notes: { type: 'string' },
  options: { type: 'string', description: 'As for a run' },
  detections: { type: 'string', description: 'As for a run; with files only' },
  batch: { type: 'boolean', description: 'As a run in batches, at half the price' },
};
const SIZE = { type: 'object', properties: { width: { type: 'integer' }, height: { type: 'integer' } } };

/** What a run would take, before it is started. */
@ApiTags('runs')
@Controller('api/runs/estimate')
export class EstimateController {
  readonly #parser: KaraokeParserService;
  readonly #settings: SettingsService;
  readonly #shelf: ImageShelf;

  constructor(
    @Inject(KaraokeParserService) parser: KaraokeParserService,
    @Inject(SettingsService) settings: SettingsService,
    @Inject(ImageShelf) shelf: ImageShelf,
  ) {
    this.#parser = parser;
    this.#settings = settings;
    this.#shelf = shelf;
  }

  @Post()
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @UseInterceptors(ImageUploadInterceptor('admin', { alsoWithoutFiles: true }))
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Calls, tokens, dollars and seconds of a run, beforehand',
    description: 'Send the files as for a run (none is kept), or only their sizes as JSON. Asks no model anything.',
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        [FILES_FIELD]: { type: 'array', items: { type: 'string', format: 'binary' } },
        images: { type: 'array', items: SIZE, description: 'JSON only: pixels of each image' },
        ...FIELDS,
      },
    },
  })
  @ApiOkResponse({ schema: schemaRef('RunEstimate') })
  async estimate(
    @Req() request: Request,
    @UploadedFiles() files: Express.Multer.File[] | undefined,
    @Body(validated('request.invalid')) body: EstimateDto,
  ): Promise<RunEstimate> {
    const settings = this.#settings.get();
    const images = request.is('multipart/form-data') ? uploadedImages(files ?? []) : null;
    const sizes = images
      ? await sizesOf(
          (await detectedUnits(images, body.detections, this.#shelf.directory)).map(({ sha256, crop }) => ({
            path: sha256 === null ? '' : storedImagePath(this.#shelf.directory, sha256),
            sha256,
            ...(crop && { crop }),
          })),
        )
      : (body.images ?? []);
    if (sizes.length === 0) throw new CodedError('upload.empty', 'No image was sent, and no size of one.');
    const { analysis = 'shows', mode = settings.processingMode, batch } = body;
    return estimateRun(this.#parser, { analysis, mode, batch, settings, context: toldContextOf(body), sizes });
  }
}
