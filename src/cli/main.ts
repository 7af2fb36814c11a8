#!/usr/bin/env node
import module from 'node:module';

// From version 22 on, Node can keep compiled code in the folder for temporary files, which saves a tenth of the time to
// the first word. It has to be asked for before anything else is loaded; the types are those of Node 20, without it.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { runCommandLine } = await import('./command-line.js');
process.exitCode = await runCommandLine(process.argv.slice(2));
