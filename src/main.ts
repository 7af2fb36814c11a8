#!/usr/bin/env node
import { homedir, userInfo } from 'node:os';
import { compileCacheFolder } from './cli/compile-cache.js';
import type { Host } from './cli/host.js';
import { languageOf } from './cli/language.js';
import { version } from './cli/version.js';
import { isTooOld, olderNodeSentence } from './machine/node-floor.js';

const argv = process.argv.slice(2);
const { node } = process.versions;
if (isTooOld(node)) {
  process.stderr.write(`${olderNodeSentence(node, languageOf(argv, process.env))}\n`);
  process.exitCode = 2;
} else {
  const { enableCompileCache } = await import('node:module');
  // Kept compiled code saves a tenth of the time to the first word. It has to be asked for before anything else is loaded.
  // A folder in NODE_COMPILE_CACHE is in use by then, and stays: it is the user's own choice.
  const { env, platform } = process;
  const host = thisProcess();
  const folder = compileCacheFolder({ env, platform, home: host.home, uid: process.geteuid?.() });
  if (folder !== null) enableCompileCache(folder);
  // Asked for by scripts, again and again: no parser is loaded for it.
  if (argv.length === 1 && argv[0] === '--version') host.stdout.write(`${version()}\n`);
  else {
    const { runProgram } = await import('./program.js');
    process.exitCode = await runProgram(argv, host);
  }
}

function thisProcess(): Host {
  const { env, pid, stdin, stdout, stderr, execPath, execArgv } = process;
  return {
    env,
    // Asked for when it is needed: a folder that was deleted has no path, and that is for a command to tell.
    get cwd() {
      return process.cwd();
    },
    home: homeOf(env),
    pid,
    stdin,
    stdout,
    stderr,
    program: [execPath, ...execArgv, process.argv[1] ?? ''],
    onSignal: (signal, listener) => void process.on(signal, listener),
    offSignal: (signal, listener) => void process.off(signal, listener),
    exit: (code) => process.exit(code),
  };
}

/** The system knows the home of a user where the environment does not tell it; of a user without an entry it does not. */
function homeOf(env: NodeJS.ProcessEnv): string | null {
  try {
    return env['HOME'] === '' ? userInfo().homedir : homedir();
  } catch {
    return null;
  }
}
