import {
  Inject,
  Injectable,
  mixin,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { finalize, type Observable } from 'rxjs';
import { CodedError, toFailureData, type FailureData } from '../contract/coded-error.ts';
import { cleanFileName } from '../images/content-id.ts';
import { receiveImage, type ReceivedImage } from '../images/stream-intake.ts';
import { ImageShelf } from './image-shelf.ts';
import { refusedImage, unreadImage } from './new-image.ts';
import { kindOfVideo } from '../video/video-kind.ts';
import { DEFAULT_VIDEO_LIMITS } from '../video/video-limits.ts';
import type { Audience, RunVideo, StoredImage } from './run-store.ts';

/** What uploads are bounded by. */
export interface UploadLimits {
  maxUploadBytes: number;
  maxImagesPerRun: Record<Audience, number>;
}

export const UPLOAD_LIMITS = Symbol('UploadLimits');

/** The form field that the files are under. */
export const FILES_FIELD = 'screenshots';

/** The admin may send a file of detections as text. */
const MOST_FIELD_BYTES: Record<Audience, number> = { public: 16 * 1024, admin: 16 * 2 ** 20 };

/** What multer notes for a file that came in: ours, besides its own. */
interface Received {
  received: ReceivedImage;
  receivedMs: number;
}

/**
 * Takes the files of a multipart body: each is streamed to disk and hashed as it streams. A file that is too large is
 * that file's failure; more files than a run may have refuse the request, since half a pile is not what was asked for.
 *
 * @param options `alsoWithoutFiles` lets a body of another kind pass untouched
 */
export function ImageUploadInterceptor(
  audience: Audience,
  { alsoWithoutFiles = false }: { alsoWithoutFiles?: boolean } = {},
): Type<NestInterceptor> {
  @Injectable()
  class Interceptor implements NestInterceptor {
    readonly #take: ReturnType<multer.Multer['array']>;
    readonly #maxImages: number;
    readonly #shelf: ImageShelf;

    constructor(@Inject(UPLOAD_LIMITS) limits: UploadLimits, @Inject(ImageShelf) shelf: ImageShelf) {
      this.#shelf = shelf;
      this.#maxImages = limits.maxImagesPerRun[audience];
      this.#take = multer({
        storage: streamingStorage(shelf, limits.maxUploadBytes, audience === 'admin'),
        defParamCharset: 'utf8',
        limits: {
          files: this.#maxImages,
          fields: 20,
          fieldSize: MOST_FIELD_BYTES[audience],
          fieldNameSize: 100,
          headerPairs: 50,
        },
      }).array(FILES_FIELD, this.#maxImages);
    }

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const http = context.switchToHttp();
      const request = http.getRequest<Request>();
      if (!request.is('multipart/form-data')) {
        if (alsoWithoutFiles) return next.handle();
        throw new CodedError('upload.invalid', `Send the images as multipart/form-data, under "${FILES_FIELD}".`);
      }
      await this.#takeFiles(request, http.getResponse<Response>());
      const contents = contentsOf(request.files);
      // However the request ends, refused or answered, what no run has taken over goes.
      return next.handle().pipe(finalize(() => void this.#shelf.release(contents).catch(noFault)));
    }

    #takeFiles(request: Request, response: Response): Promise<void> {
      return new Promise((resolve, reject) => {
        this.#take(request, response, (error?: unknown) => {
          if (error) reject(uploadError(error, this.#maxImages));
          else resolve();
        });
      });
    }
  }
  return mixin(Interceptor);
}

/** A video that came in whole. */
export type UploadedVideo = Pick<RunVideo, 'sha256' | 'name' | 'sizeBytes' | 'receivedMs'>;

/** The videos of a request that went through the interceptor. */
export function uploadedVideos(files: readonly Express.Multer.File[]): UploadedVideo[] {
  return files.flatMap((file): UploadedVideo[] => {
    const { received, receivedMs } = file as Express.Multer.File & Received;
    if (!received.ok || kindOfVideo(received.head) === null) return [];
    return [
      { sha256: received.sha256, name: cleanFileName(file.originalname), sizeBytes: received.sizeBytes, receivedMs },
    ];
  });
}

/** The images of a request that went through the interceptor, in the order they were sent. */
export function uploadedImages(files: readonly Express.Multer.File[]): StoredImage[] {
  return files.map((file, position) => {
    const name = cleanFileName(file.originalname);
    const { received } = file as Express.Multer.File & Received;
    const { sizeBytes } = received;
    if (!received.ok) return refusedImage({ position, name, sizeBytes }, received.failure);
    const { imageId, sha256 } = received;
    return unreadImage({ position, imageId, sha256, name, sizeBytes });
  });
}

function streamingStorage(shelf: ImageShelf, maxBytes: number, takesVideos: boolean): StorageEngine {
  const maxVideoBytes = Math.max(maxBytes, DEFAULT_VIDEO_LIMITS.maxBytes);
  const maxBytesOf = (head: Uint8Array) => (takesVideos && kindOfVideo(head) !== null ? maxVideoBytes : maxBytes);
  return {
    _handleFile(_request, file, done) {
      const startedAt = performance.now();
      receiveImage(file.stream, { directory: shelf.directory, maxBytes, maxBytesOf }).then(
        (received) => {
          if (received.ok) shelf.hold(received.sha256);
          done(null, { received, receivedMs: performance.now() - startedAt } as Partial<Express.Multer.File> &
            Received);
        },
        (error: unknown) => done(error),
      );
    },
    /** Called for each file of a request that multer refuses. */
    _removeFile(_request, file, done) {
      shelf.release(contentsOf([file])).then(
        () => done(null),
        () => done(null),
      );
    },
  };
}

/** SHA-256 of what came in whole. */
function contentsOf(files: Request['files']): string[] {
  if (!Array.isArray(files)) return [];
  return files.flatMap((file) => {
    const { received } = file as Partial<Received>;
    return received?.ok ? [received.sha256] : [];
  });
}

/** A file that could not be removed costs disk space, not the answer. */
function noFault(): void {}

function uploadError(error: unknown, maxImages: number): CodedError {
  if (error instanceof CodedError) return error;
  if (!(error instanceof MulterError)) {
    const { code, detail }: FailureData = toFailureData(error);
    return code === 'internal'
      ? new CodedError('upload.invalid', 'The upload broke off or is not a proper multipart body.', { cause: error })
      : new CodedError(code, detail);
  }
  if (error.code === 'LIMIT_FILE_COUNT' || (error.code === 'LIMIT_UNEXPECTED_FILE' && error.field === FILES_FIELD)) {
    return new CodedError('upload.tooMany', `One run takes at most ${maxImages} images. Send the rest in another run.`);
  }
  if (error.code === 'LIMIT_UNEXPECTED_FILE') {
    return new CodedError('upload.invalid', `Files are expected under "${FILES_FIELD}", not under another name.`);
  }
  return new CodedError('upload.invalid', `The form cannot be used: ${error.message}.`);
}
