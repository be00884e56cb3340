/** Runs the ESM sources as they are; `.ts` worker files are run by Node itself (it strips their types). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/client/src', '<rootDir>/test', '<rootDir>/samples', '<rootDir>/bench'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/jest-setup.js',
  // Of what a machine under other load needs; where a time is promised, the spec holds it.
  testTimeout: 60_000,
  // Modules of ended specs stay in memory (of 230 specs up to 2 GB in each worker): where the heap ends, V8 ends the worker.
  workerIdleMemoryLimit: '512MB',
};
