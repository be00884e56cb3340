import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { precompressed } from './precompressed.ts';

/** Where `npm start` listens while the client is worked on. */
const SERVER = 'http://127.0.0.1:3000';

/**
 * The loupe's library writes its styles into the page as it loads, without the nonce that the page's policy asks for: they
 * would be refused, with an error in the console. The few that matter are in Review.module.css.
 */
const withoutInjectedStyles: Plugin = {
  name: 'without-injected-styles',
  enforce: 'pre',
  transform(code, id) {
    if (!/react-zoom-pan-pinch.*\.js$/.test(id.split('?')[0] ?? '')) return null;
    const cleaned = code.replace('styleInject(css_248z);', '');
    if (cleaned === code) this.error('react-zoom-pan-pinch puts its styles into the page in another way now');
    return { code: cleaned, map: null };
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [withoutInjectedStyles, precompressed],
  oxc: { jsx: { runtime: 'automatic' } },
  // A tag without its nonce would be refused by the page's policy; the server writes a fresh one at each request.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Small files as data URLs would need a looser policy than `'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // kB before compression; what is sent is held to 200 kB in test/measured/client.spec.ts.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      // What the first page needs is one file: in forty it is larger, and each has to be asked for.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      // Every file of Mantine says "use client", which has a meaning only where a server renders.
      onLog: (level, log, defaultHandler) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') defaultHandler(level, log);
      },
    },
  },
  server: { proxy: { '/api': SERVER } },
});
