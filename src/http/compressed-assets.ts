import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';

const ENDINGS = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof ENDINGS;
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' } as const;
const COMPRESSED = /\.(?<type>js|css|svg)\.(?<ending>br|gz)$/;
/** As they are built: no way out of the folder, and nothing that a decoder has to look at. */
const ASSET = /^\/assets\/[\w.-]+\.(?:js|css|svg)$/;

/**
 * Sends an asset as it was compressed when it was built (`client/precompressed.ts`), to those who take it so: to the
 * others, and where that was not done, it goes as it is.
 */
export function compressedAssets(directory: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!ASSET.test(request.path)) return next();
    response.vary('Accept-Encoding');
    const encoding = request.acceptsEncodings(['br', 'gzip', 'identity']);
    if (encoding !== 'br' && encoding !== 'gzip') return next();
    const path = `${request.path}${ENDINGS[encoding satisfies Encoding]}`;
    access(join(directory, path)).then(
      () => {
        request.url = path;
        next();
      },
      () => next(),
    );
  };
}

/** What the browser has to be told of a file that is compressed already. */
export function describeCompressed(response: Response, path: string): void {
  const { type, ending } = COMPRESSED.exec(path)?.groups ?? {};
  if (type !== 'js' && type !== 'css' && type !== 'svg') return;
  response.setHeader('Content-Type', TYPES[type]);
  response.setHeader('Content-Encoding', ending === 'br' ? 'br' : 'gzip');
}
