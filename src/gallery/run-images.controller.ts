import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RunImages } from '../contract/run-images.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { RunAccessGuard } from '../runs/run-access.guard.ts';
import { RunGallery } from './run-gallery.ts';

/** The images of a run, each with how it stands and where its picture is. */
@ApiTags('runs')
@Controller('api/runs')
export class RunImagesController {
  readonly #gallery: RunGallery;

  constructor(@Inject(RunGallery) gallery: RunGallery) {
    this.#gallery = gallery;
  }

  @Get(':id/images')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({ summary: 'The images of a run: state, reason of a failure, thumbnail' })
  @ApiOkResponse({ schema: schemaRef('RunImages') })
  images(@Param('id') id: string): Promise<RunImages> {
    return this.#gallery.imagesOf(id);
  }
}
