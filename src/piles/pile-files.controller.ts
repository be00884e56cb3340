import { Controller, Delete, Head, Inject, Options, Param, Patch, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { PileAccessGuard } from './pile-access.guard.ts';
import { PileUploads } from './pile-uploads.ts';
import { PilesService } from './piles.service.ts';
import { PublicAllowances } from './public-allowances.ts';

const PROTOCOL =
  'By [tus 1.0.0](https://tus.io/protocols/resumable-upload), with which a broken upload goes on where it was.';

const ORDER =
  '; `order` `tableFirst` where the sender has put the table of contents of a video in front, which `HEAD` then says to who goes on';

/** Files of a pile, sent in pieces. There is no GET: what came in is shown by the images of the pile alone. */
@ApiTags('piles')
@Controller('api/piles/:id/files')
@UseGuards(PileAccessGuard)
@ApiBearerAuth('admin')
@ApiBearerAuth('pile')
@ApiHeader({ name: 'Tus-Resumable', schema: { type: 'string', enum: ['1.0.0'] } })
export class PileFilesController {
  readonly #uploads: PileUploads;
  readonly #piles: PilesService;
  readonly #allowances: PublicAllowances;

  constructor(
    @Inject(PileUploads) uploads: PileUploads,
    @Inject(PilesService) piles: PilesService,
    @Inject(PublicAllowances) allowances: PublicAllowances,
  ) {
    this.#uploads = uploads;
    this.#piles = piles;
    this.#allowances = allowances;
  }

  @Post()
  @ApiOperation({
    summary: 'Announce a file',
    description:
      `${PROTOCOL} Images, ZIP archives of images, PDF documents. Of the admin also videos (MP4, MOV, WebM): a run may be started ` +
      'with one as soon as it is announced, and reads it while it comes.',
  })
  @ApiHeader({ name: 'Upload-Length', description: 'Bytes' })
  @ApiHeader({ name: 'Upload-Metadata', required: false, description: '`filename`, in base64' + ORDER })
  @ApiCreatedResponse({ description: 'The file goes to `Location`' })
  async create(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { audience } = await this.#piles.pile(id);
    const length = Number(request.headers['upload-length'] ?? 0);
    if (audience === 'public' && length > 0) this.#allowances.takeBytes(request.ip ?? '', length);
    await this.#uploads.handle(request, response);
  }

  @Patch(':fileId')
  @ApiOperation({ summary: 'Send bytes of a file', description: PROTOCOL })
  @ApiHeader({ name: 'Upload-Offset', description: 'Where these bytes begin' })
  @ApiNoContentResponse({ description: '`Upload-Offset` says how far the file is now' })
  patch(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#uploads.handle(request, response);
  }

  @Head(':fileId')
  @ApiOperation({ summary: 'Ask how far a file is', description: PROTOCOL })
  head(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#uploads.handle(request, response);
  }

  @Delete(':fileId')
  @ApiOperation({ summary: 'Give up a file that is not whole yet', description: PROTOCOL })
  @ApiNoContentResponse()
  remove(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#uploads.handle(request, response);
  }

  @Options()
  @ApiOperation({ summary: 'What of the protocol is spoken here', description: PROTOCOL })
  options(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#uploads.handle(request, response);
  }
}
