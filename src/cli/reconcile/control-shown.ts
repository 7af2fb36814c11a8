import type { ControlObserver } from '../../app/reconcile/control-message.js';
import type { Cli } from '../command.js';
import { printProblems } from '../problems.js';
import { detailOf } from '../test-send/test-outcome.js';

/** Says what becomes of the test message that settling sends to one's own phone. */
export function controlShown({ terminal, say, cwd }: Cli): ControlObserver {
  return {
    suppressed: (phone) => terminal.line(say('control.suppressed', { phone })),
    sending: (phone, count) => terminal.line(say('control.sending', { phone, count })),
    ended: (phone, { kind, answer }) =>
      terminal.line(
        kind === 'accepted'
          ? say('control.accepted')
          : say('control.not-accepted', { phone, detail: detailOf(answer) }),
      ),
    failed: (problems) => printProblems(problems, terminal, say, cwd),
  };
}
