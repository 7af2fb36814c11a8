import pg from 'pg';
import { executionsByPhone, requestsLog } from '../sandbox/read-log.js';
import { worstWindow } from '../throttle/worst-window.js';

/** What a campaign came to, by the provider's log and the ledger. */
export interface Verdict {
  readonly people: number;
  /** People whose message was executed more than once. */
  readonly twice: number;
  /** People whose message was executed and who are still to be sent to. */
  readonly executedPending: number;
  /** People who are called accepted and whose message was not executed. */
  readonly acceptedUnexecuted: number;
  /** People who stand nowhere, or in two places. */
  readonly unbalanced: number;
  /** People whose fate is still unknown. */
  readonly uncertain: number;
  /** People who are still to be sent to: the time was over. */
  readonly pending: number;
  /** Most requests within a second, of all machines together. */
  readonly worstSecond: number;
  /** What it may be. */
  readonly mostPerSecond: number;
}

/** What is judged. */
export interface Judged {
  /** The sandbox's log. */
  readonly logFile: string;
  /** The ledger's address, past every proxy. */
  readonly ledger: string;
  readonly people: number;
  readonly ratePerSecond: number;
  /** The operator's own phone, which gets what tests and controls send. */
  readonly ownPhone: string;
}

/** Reads the provider's log and the ledger's rows. */
export async function verdictOn({
  logFile,
  ledger,
  people,
  ratePerSecond,
  ownPhone,
}: Judged): Promise<Verdict> {
  const executed = new Map(executionsByPhone(logFile));
  executed.delete(ownPhone);
  const statuses = await statusesIn(ledger);
  const counted = (matches: (status: string, executions: number) => boolean): number =>
    [...statuses].filter(([phone, status]) => matches(status, executed.get(phone) ?? 0)).length;
  return {
    people,
    twice: [...executed.values()].filter((count) => count > 1).length,
    executedPending: counted((status, count) => count > 0 && (status === 'pending' || status === 'sending')),
    acceptedUnexecuted: counted((status, count) => count === 0 && status === 'accepted'),
    unbalanced:
      Math.abs(people - statuses.size) + [...executed.keys()].filter((phone) => !statuses.has(phone)).length,
    uncertain: counted((status) => status === 'uncertain'),
    pending: counted((status, count) => count === 0 && status === 'pending'),
    worstSecond: worstSecond(logFile, ownPhone),
    mostPerSecond: Math.ceil(1.03 * ratePerSecond) + 2,
  };
}

/** How a second with too many requests is called. */
export const WORST_SECOND = 'worst second';

/** What must never be: who is uncertain still, or to be sent to, is no broken promise. */
export function broken(verdict: Verdict): readonly string[] {
  const { twice, executedPending, acceptedUnexecuted, unbalanced, worstSecond, mostPerSecond } = verdict;
  const never = { twice, executedPending, acceptedUnexecuted, unbalanced };
  const found = Object.entries(never).flatMap(([name, count]) => (count === 0 ? [] : [`${name}: ${count}`]));
  return worstSecond > mostPerSecond
    ? [...found, `${WORST_SECOND} ${worstSecond} > ${mostPerSecond}`]
    : found;
}

async function statusesIn(ledger: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client(ledger);
  await client.connect();
  try {
    const { rows } = await client.query<{ phone: string; status: string }>(
      'SELECT phone, status FROM plazcast.deliveries',
    );
    return new Map(rows.map(({ phone, status }) => [phone, status]));
  } finally {
    await client.end();
  }
}

/** Tests are sent by hand, beside the rate. */
function worstSecond(logFile: string, ownPhone: string): number {
  const sends = requestsLog(logFile).filter(
    ({ method, destination }) => method === 'POST' && destination !== ownPhone,
  );
  const left = sends.map(({ at }) => ({ atMs: at, permits: 1 })).sort((a, b) => a.atMs - b.atMs);
  return worstWindow(left, 1_000);
}
