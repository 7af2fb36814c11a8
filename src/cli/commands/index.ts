import type { CommandSpec } from '../command.js';
import { audience } from './audience.js';
import { backup } from './backup.js';
import { check } from './check.js';
import { cancel, pause, resume } from './controls.js';
import { conversations } from './conversations.js';
import { doctor } from './doctor.js';
import { init } from './init.js';
import { reconcile } from './reconcile.js';
import { report } from './report.js';
import { retry } from './retry.js';
import { sandbox } from './sandbox.js';
import { send } from './send.js';
import { status } from './status.js';
import { suppress } from './suppress.js';
import { test } from './test.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  init,
  check,
  test,
  send,
  status,
  retry,
  reconcile,
  pause,
  resume,
  cancel,
  report,
  conversations,
  audience,
  suppress,
  sandbox,
  doctor,
  backup,
];
