import { environmentSecrets } from '../../app/environment.js';
import type { Cli } from '../command.js';
import { CommandFailure } from '../exit-codes.js';
import { maskingWith } from './masking.js';

/** Logs why a command ended before it could do its work, such as a lock that another run holds. */
export function logCommandFailure(error: unknown, { log, translate, environment }: Cli): void {
  if (log === null) return;
  const { text } = maskingWith(log.showsPhones, environmentSecrets(environment));
  if (error instanceof CommandFailure) {
    for (const problem of error.problems) {
      log.write(
        'error',
        'failure',
        { code: problem.code, exit_code: error.exitCode, message: text(translate(problem)) },
        translate('log.failed'),
      );
    }
    return;
  }
  const message = text(error instanceof Error ? error.message : String(error));
  log.write('error', 'failure', { code: 'cli.bug', exit_code: null, message }, translate('log.failed'));
}
