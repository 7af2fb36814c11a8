import { byWhom } from '../app/host-trust.js';
import type { Destination } from '../core/trusted-host.js';
import { askYesNo } from './ask-yes-no.js';
import type { Cli } from './command.js';

/** Asks whether credentials may go to a host; nobody to ask is a no, and `--yes` is no such word. */
export async function askTrust(
  { host, namedBy }: Destination,
  { terminal, translate }: Pick<Cli, 'terminal' | 'translate'>,
): Promise<boolean> {
  if (!terminal.canAsk) return false;
  const message = translate('host.question', { host, by: byWhom(namedBy) });
  return askYesNo(message, { terminal, translate });
}
