import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // better-sqlite3 is a native module: worker threads would share it, processes do not.
    pool: 'forks',
    // Two cores are what this project is built on; two more processes use them while others wait for sockets and clocks.
    maxWorkers: 4,
    // A file begins in the process that the last one left: none changes what belongs to the process and leaves it so.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // No promise of a test: they end what hangs. A busy machine may take a minute for what is done in a second.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 90_000 } },
    setupFiles: ['test/support/postgres/ledger-of-each-test.ts'],
    globalSetup: [
      'test/support/plain-surroundings.ts',
      'test/support/build-once.ts',
      'test/support/folder-in-memory.ts',
      'test/support/postgres/cluster-folder.ts',
    ],
    // What users run is run as it was built.
    server: { deps: { external: [/\/dist\//u] } },
    coverage: { provider: 'v8', include: ['src/core/**'], thresholds: { branches: 100 } },
  },
});
