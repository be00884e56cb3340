/** The layers of docs/architecture.md, enforced. One rule a room: what it may import of ours. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only(
      'contract-stands-alone',
      '^src/contract/',
      '^src/contract/',
      'the shapes that cross the wire know nothing of ours',
    ),
    only('merger-is-pure', '^src/merger/', '^src/(merger|contract)/', 'pure functions of records'),
    only('engine-is-pure', '^src/engine/', '^src/(engine|contract)/', 'no framework, no I/O of its own'),
    only(
      'images-see-contract',
      '^src/images/',
      '^src/(images|contract|models/port)',
      'image work knows only the shapes',
    ),
    only(
      'video-sees-images',
      '^src/video/',
      '^src/(video|images|contract)/',
      'a video gives pictures; who asks is not known',
    ),
    only('models-see-contract', '^src/models/', '^src/(models|contract)/', 'an adapter knows its port and its library'),
    only('analyses', '^src/analyses/', '^src/(analyses|contract|merger|images)/', 'no analysis knows how it is run'),
    only(
      'config-reads-only',
      '^src/config/',
      '^src/(config|contract|models/port)',
      'the one reader of the environment',
    ),
    only(
      'storage-implements-ports',
      '^src/storage/',
      '^src/(storage|contract|runs/(run-store|timeline-store|text-vectors)|parser/kept|catalogue/catalogue-store|piles/pile-store|gallery/image-looks|images/fetch-memory)',
      'implements what features declare',
    ),
    only(
      'client-sees-contract',
      '^client/',
      '^src/(contract/|analyses/shows/schedule/(schedule-words|vocabulary)\\.ts)',
      'pages and server share the shapes on the wire, and the words for a schedule',
    ),
    {
      name: 'server-without-client',
      comment: 'the server serves what was built of the client, and knows nothing of it',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^client/' },
    },
    {
      name: 'pages-without-fetch',
      comment: 'a page asks by the hooks of api/ and the stores',
      severity: 'error',
      from: { path: '^client/src/(pages|components)/' },
      to: { path: '^client/src/api/http\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'worker-without-framework',
      comment: 'what a thread loads runs unbuilt and starts fast: no framework, no decorators',
      severity: 'error',
      from: { path: '^src/parser/gemini-image-worker\\.ts$' },
      to: {
        reachable: true,
        path: 'node_modules/(@nestjs|reflect-metadata|class-validator|express|multer)/|^src/(runs|storage|admin|http|catalogue|config)/',
      },
    },
    {
      name: 'image-threads-without-framework',
      comment: 'as above',
      severity: 'error',
      from: { path: '^src/(gallery/image-thread|images/draw-pdf-thread|piles/pdf-thread|video/video-thread)\\.ts$' },
      to: {
        reachable: true,
        path: 'node_modules/(@nestjs|reflect-metadata|class-validator|express|multer)/|^src/(runs|storage|admin|http|catalogue|config)/',
      },
    },
    {
      name: 'engine-without-framework',
      severity: 'error',
      from: { path: '^src/(engine|merger|analyses|models|images|video|contract)/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'one-sdk-one-file',
      comment: 'the Gemini SDK is at its end of life: it stays behind the model port',
      severity: 'error',
      from: { pathNot: '^src/models/gemini/' },
      to: { path: 'node_modules/@google/generative-ai' },
    },
    {
      name: 'one-decoder-one-room',
      comment:
        'the decoder is native code under the GPL (NOTICE): who has no use for it can leave it out with this room',
      severity: 'error',
      from: { pathNot: '^src/video/' },
      to: { path: 'node_modules/(mediabunny|@mediabunny|node-av|@seydx)/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.(spec|d)\\.ts$', '^client/src/i18n/'] },
      to: {},
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(spec|fixture)\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
