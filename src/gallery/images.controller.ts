import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CodedError } from '../contract/coded-error.ts';
import { recogniseImage, type ImageKind } from '../images/recognise.ts';
import { findImageFile } from './image-files.ts';
import { ImageLinks, THUMBNAIL_WIDTHS } from './image-links.ts';
import { Thumbnails } from './thumbnails.ts';

export const IMAGE_DIRECTORY = Symbol('ImageDirectory');

/** Kinds that every browser shows, and that hold no scripts. */
const SHOWN: Partial<Record<ImageKind, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};
/** The content of an address never changes: its id is the content's own. */
const FOR_EVER = 'max-age=31536000, immutable';
/** Even where a browser opened it as a page of its own, nothing in it would run or be loaded. */
const NOTHING_RUNS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

/** Pictures of piles and runs, for pages. Who has the address may look: see {@link ImageLinks}. */
@ApiTags('images')
@Controller('api/images')
export class ImagesController {
  readonly #links: ImageLinks;
  readonly #thumbnails: Thumbnails;
  readonly #directory: string;

  constructor(
    @Inject(ImageLinks) links: ImageLinks,
    @Inject(Thumbnails) thumbnails: Thumbnails,
    @Inject(IMAGE_DIRECTORY) directory: string,
  ) {
    this.#links = links;
    this.#thumbnails = thumbnails;
    this.#directory = directory;
  }

  @Get(':imageId/original')
  @ApiOperation({
    summary: 'The image as it was sent',
    description: 'By the `imageUrl` of a pile or a run. What a browser does not show by itself comes as an attachment.',
  })
  @ApiQuery({ name: 'sig', description: 'As in the address that was given' })
  @ApiProduces('image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'application/octet-stream')
  async original(
    @Param('imageId') imageId: string,
    @Query('sig') signature: unknown,
    @Res() response: Response,
  ): Promise<void> {
    this.#require(imageId, signature);
    const path = await findImageFile(this.#directory, imageId);
    const kind = await recogniseImage(path).catch(() => null);
    const type = kind === null ? undefined : SHOWN[kind];
    // Not for shared caches: the file holds its metadata, perhaps where it was taken.
    response.setHeader('Cache-Control', `private, ${FOR_EVER}`);
    response.setHeader('Content-Disposition', type ? 'inline' : `attachment; filename="${imageId}.${kind ?? 'bin'}"`);
    await send(response, path, type ?? 'application/octet-stream');
  }

  @Get(':imageId/:file')
  @ApiOperation({
    summary: 'A small picture of the image, as WebP',
    description: `By the \`thumbnailUrl\` of a pile or a run; the number may be ${THUMBNAIL_WIDTHS.join(', ')} (pixels).`,
  })
  @ApiQuery({ name: 'sig', description: 'As in the address that was given' })
  @ApiProduces('image/webp')
  async thumbnail(
    @Param('imageId') imageId: string,
    @Param('file') file: string,
    @Query('sig') signature: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const wanted = /^(\d{1,5})\.webp$/.exec(file)?.[1];
    if (wanted === undefined) throw new CodedError('notFound', 'There is nothing at this address.');
    this.#require(imageId, signature);
    const width = THUMBNAIL_WIDTHS.find((each) => String(each) === wanted);
    if (!width) throw new CodedError('request.invalid', `Thumbnails are ${THUMBNAIL_WIDTHS.join(', ')} pixels wide.`);
    const path = await this.#thumbnails.pathOf(imageId, width);
    response.setHeader('Cache-Control', `public, ${FOR_EVER}`);
    await send(response, path, 'image/webp');
  }

  /** The same answer whether the image exists or not: its id alone tells a stranger nothing. */
  #require(imageId: string, signature: unknown): void {
    if (typeof signature === 'string' && this.#links.isSigned(imageId, signature)) return;
    throw new CodedError('auth.required', 'This address is not complete: take it whole from the pile or the run.');
  }
}

function send(response: Response, path: string, type: string): Promise<void> {
  response.setHeader('Content-Type', type);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', NOTHING_RUNS);
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  return new Promise((resolve, reject) => {
    // The data directory may lie below a folder whose name begins with a dot.
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
      // Who goes away in the middle wants no answer.
      if (!error || response.headersSent) return resolve();
      for (const name of ['Cache-Control', 'Content-Disposition', 'Content-Type']) response.removeHeader(name);
      reject(new CodedError('image.notFound', 'There is no such image. It may have been removed.', { cause: error }));
    });
  });
}
