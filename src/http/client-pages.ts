import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { compressedAssets, describeCompressed } from './compressed-assets.ts';

/** What a page says of itself to those who do not run it: search engines, previews of a link. */
export interface PageHead {
  title: string;
  description: string;
  /** JSON-LD that can stand inside a `<script>` as it is: no `<`, `>` or `&` in it. */
  jsonLd: string;
}

export interface ClientPages {
  /** Folder that the client was built into. */
  directory: string;
  /** Of a show by its id; null where there is none. */
  showHead: (showId: string) => Promise<PageHead | null>;
}

/** Stands in the built page where a nonce belongs; see `client/vite.config.ts`. */
const NONCE_MARK = '__CSP_NONCE__';
const HEAD_MARK = '<!-- head of the page: filled in by the server -->';
const NOT_BUILT = 'The pages are not built. Run: npm run build. The API is there: /api/docs\n';
const SHOW_PAGE = /^\/shows\/([^/]+)$/;
/** Addresses of the client's pages; `client/src/app/routes.tsx` has the same. Others are answered with 404. */
const PAGES = [/^\/(?:submit(?:\/[^/]+)?|calendar|performance)?$/, /^\/admin\/[^.]+$/, SHOW_PAGE];
const NOT_PAGES = /^\/(?:api|metrics|assets)(?:\/|$)/;
const ONE_YEAR = 'public, max-age=31536000, immutable';

/**
 * Serves the built client: its assets, whose names change with what is in them, for a year; its one page at every address
 * of it, never from a cache and under a policy that runs and loads nothing but ours.
 */
export function serveClient(app: NestExpressApplication, { directory, showHead }: ClientPages): void {
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    next();
  });
  // The page as it was built has marks in it, and no policy: it is no asset.
  app.use('/index.html', (_request: Request, response: Response) => response.redirect(301, '/'));
  app.use(compressedAssets(directory));
  app.useStaticAssets(directory, {
    index: false,
    redirect: false,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith(join(directory, 'assets'));
      response.setHeader('Cache-Control', isHashed ? ONE_YEAR : 'no-cache');
      describeCompressed(response, path);
    },
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isAsked = request.method === 'GET' || request.method === 'HEAD';
    if (!isAsked || NOT_PAGES.test(request.path) || !request.accepts('html')) return next();
    sendPage({ directory, showHead }, request.path, response).catch(next);
  });
}

/** Read each time: a client that is built again under a running server has assets of other names. */
async function readPage(directory: string): Promise<string | null> {
  return readFile(join(directory, 'index.html'), 'utf8').catch(() => null);
}

async function sendPage({ directory, showHead }: ClientPages, path: string, response: Response): Promise<void> {
  const page = await readPage(directory);
  if (page === null) return void response.status(503).type('text/plain').send(NOT_BUILT);
  const nonce = randomBytes(16).toString('base64');
  const [, showId] = SHOW_PAGE.exec(path) ?? [];
  const head = showId === undefined ? null : await showHead(decoded(showId));
  const isThere = showId === undefined ? PAGES.some((pattern) => pattern.test(path)) : head !== null;
  response.status(isThere ? 200 : 404).set({
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policyFor(nonce),
    'Content-Type': 'text/html; charset=utf-8',
  });
  // The body differs by its nonce alone: an ETag would never be met again.
  response.end(withHead(page, head).replaceAll(NONCE_MARK, nonce));
}

function policyFor(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}

/** Replacements are given as functions: `$&` in the name of a venue is no pattern. */
function withHead(page: string, head: PageHead | null): string {
  if (head === null) return page.replace(HEAD_MARK, () => '');
  const [title, description] = [escaped(head.title), escaped(head.description)];
  return page
    .replace(/<title>.*?<\/title>/s, () => `<title>${title}</title>`)
    .replace(/<meta\s+name="description"[^>]*>/, () => `<meta name="description" content="${description}" />`)
    .replace(HEAD_MARK, () => `<script type="application/ld+json">${head.jsonLd}</script>`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** An address that cannot be decoded names no show. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
