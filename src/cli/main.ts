#!/usr/bin/env node
import { languageOf } from './language.js';
import { isTooOld, olderNodeSentence } from './node-floor.js';

const argv = process.argv.slice(2);
const { node } = process.versions;
if (isTooOld(node)) {
  process.stderr.write(`${olderNodeSentence(node, languageOf(argv, process.env))}\n`);
  process.exitCode = 2;
} else {
  const { enableCompileCache } = await import('node:module');
  // Kept compiled code saves a tenth of the time to the first word. It has to be asked for before anything else is loaded.
  enableCompileCache();
  const { runCommandLine } = await import('./command-line.js');
  process.exitCode = await runCommandLine(argv);
}
