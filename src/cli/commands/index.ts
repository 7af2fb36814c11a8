import type { CommandSpec } from '../command.js';
import { check } from './check.js';
import { cancel, pause, resume } from './controls.js';
import { init } from './init.js';
import { report } from './report.js';
import { sandbox } from './sandbox.js';
import { send } from './send.js';
import { status } from './status.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  init,
  check,
  send,
  status,
  pause,
  resume,
  cancel,
  report,
  sandbox,
];
