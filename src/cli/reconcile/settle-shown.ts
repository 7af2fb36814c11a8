import { type SettleDeps, settle } from '../../app/reconcile/settle.js';
import type { ReconcileReport } from '../../run/reconcile.js';
import type { Cli } from '../command.js';
import { orFail } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { controlShown } from './control-shown.js';

/** Settles and shows how far the list is read; asks on a terminal whether those proven absent are sent again. */
export async function settleShown(
  deps: Omit<SettleDeps, 'onPage'>,
  resendAbsent: boolean,
  cli: Cli,
): Promise<ReconcileReport> {
  const { uncertain } = await deps.ledger.campaigns.counts(deps.record.id);
  const shown = await showReading(uncertain, cli);
  const ask = (count: number): Promise<boolean> => {
    shown.close();
    return askResend(count, cli);
  };
  try {
    const resend = { absent: resendAbsent, ask: cli.terminal.canAsk ? ask : null };
    return orFail(await settle({ ...deps, onPage: shown.onPage, control: controlShown(cli) }, resend));
  } finally {
    shown.close();
  }
}

/** Asks whether those proven absent are sent again. `signal` takes the question back: then they are not. */
export async function askResend(
  count: number,
  { say, terminal }: Cli,
  signal?: AbortSignal,
): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  const message = say('reconcile.ask-resend', { count });
  const context = { ...terminal.asks, ...(signal === undefined ? {} : { signal }) };
  return confirm({ message, default: false }, context).catch(() => false);
}
