import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { showPageSchema } from '../../src/contract/catalogue-schemas.ts';
import { OWL, startCatalogueServer, type CatalogueServer } from '../support/catalogue-server.ts';

const ASSETS = fileURLToPath(new URL('../../client/dist/assets/', import.meta.url));
const EVIL = `</script><script>alert(1)</script> & "Sons" $& Bar`;

let catalogue: CatalogueServer;
let showId: string;

beforeAll(async () => {
  catalogue = await startCatalogueServer();
  const run = await catalogue.read([{ ...OWL, venueName: EVIL }]);
  const { id } = await catalogue.changesetOf(run.runId);
  await catalogue.asAdmin('post', `/api/changesets/${id}/publish`, { acceptRest: true }).expect(200);
  const listed = await fetch(`${catalogue.server.url}/api/shows`);
  showId = showPageSchema.parse(await listed.json()).shows[0]?.id ?? '';
}, 60_000);
afterAll(() => catalogue.stop());

const get = async (path: string, headers: Record<string, string> = { Accept: 'text/html' }) => {
  const response = await fetch(`${catalogue.server.url}${path}`, { headers, redirect: 'manual' });
  return { response, status: response.status, headers: response.headers, text: await response.text() };
};

describe('the pages', () => {
  it.each([
    '/',
    '/calendar',
    '/submit',
    '/submit/run_1',
    '/performance',
    '/admin/parser',
    '/admin/runs',
    '/admin/runs/run_1',
    '/admin/settings',
  ])('%s is the client, never from a cache, under a policy that loads nothing but ours', async (path) => {
    const { status, headers, text } = await get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy.replace(nonce, 'N')).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' blob: data:; " +
        "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    expect(text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(text).not.toContain('__CSP_NONCE__');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|https?:\/\//);
  });

  it('have another nonce each time', async () => {
    const nonceOf = async () => /nonce-[^']+/.exec((await get('/')).headers.get('content-security-policy') ?? '')?.[0];
    expect(await nonceOf()).not.toBe(await nonceOf());
  });

  it('are answered with 404 where there is none, still as a page', async () => {
    for (const path of ['/nowhere', '/admin/x.php', '/shows/show_none', '/shows/%E0%A4%A', '/submit/a/b']) {
      const { status, text } = await get(path);
      expect({ path, status, isPage: text.includes('<div id="root">') }).toEqual({ path, status: 404, isPage: true });
    }
  });

  it('are not there as the file that was built, whose marks nobody has filled in', async () => {
    const { status, headers } = await get('/index.html');
    expect({ status, location: headers.get('location') }).toEqual({ status: 301, location: '/' });
  });

  it('leave the API alone: an unknown call is a problem, whatever is accepted', async () => {
    for (const path of ['/api', '/api/nowhere', '/assets/gone-12345678.js']) {
      const { status, headers } = await get(path);
      expect({ path, status, type: headers.get('content-type') }).toEqual({
        path,
        status: 404,
        type: 'application/problem+json; charset=utf-8',
      });
    }
    expect((await get('/nowhere', { Accept: 'application/json' })).headers.get('content-type')).toContain('problem');
  });

  it('load assets that a browser keeps for a year', async () => {
    const names = await readdir(ASSETS);
    for (const name of [names.find((file) => file.endsWith('.js')), names.find((file) => file.endsWith('.css'))]) {
      const { status, headers } = await get(`/assets/${name ?? 'none'}`, {});
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await get('/icon.svg', {})).headers.get('cache-control')).toBe('no-cache');
  });

  it('load assets as they were compressed when they were built, each as what it is', async () => {
    const names = await readdir(ASSETS);
    const name = names.find((file) => file.endsWith('.js') && names.includes(`${file}.br`)) ?? 'none';
    const plain = await get(`/assets/${name}`, { 'Accept-Encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toContain('Accept-Encoding');
    for (const encoding of ['br', 'gzip']) {
      const { status, headers, text } = await get(`/assets/${name}`, { 'Accept-Encoding': encoding });
      expect({ status, encoding: headers.get('content-encoding'), type: headers.get('content-type') }).toEqual({
        status: 200,
        encoding,
        type: 'text/javascript; charset=utf-8',
      });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(Number(headers.get('content-length'))).toBeLessThan(plain.text.length / 2);
      expect(text).toBe(plain.text);
    }
  });
});

describe('the page of a show', () => {
  it('says what it is to those who do not run it, and nothing of it can break out', async () => {
    const { status, text } = await get(`/shows/${showId}`);
    expect(status).toBe(200);
    const [, linked] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    const plain = await get(`/api/shows/${showId}.jsonld`, {});
    expect(JSON.parse(linked ?? '')).toEqual(JSON.parse(plain.text));
    expect(text).not.toContain('alert(1)</script>');
    // The page's own, as on every page, and the one with its data.
    const own = (await get('/')).text.match(/<script/g) ?? [];
    expect(text.match(/<script/g)).toHaveLength(own.length + 1);
    expect(/<title>(.*?)<\/title>/s.exec(text)?.[1]).toBe(
      'Karaoke · &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot; $&amp; Bar, Tampa, FL – Contactsheet',
    );
    expect(/<meta name="description" content="([^"]*)"/.exec(text)?.[1]).toMatch(
      /^Every Friday, 8 PM – 12 AM\. .*&quot;Sons&quot; \$&amp; Bar, Tampa, FL\. with DJ Ann$/,
    );
  });
});
