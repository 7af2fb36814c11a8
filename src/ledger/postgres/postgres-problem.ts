import pg from 'pg';
import { LedgerError } from '../../core/ledger/ledger.js';
import type { LedgerFailure } from '../../core/ports.js';
import type { Problem } from '../../core/problem.js';
import type { Code } from '../../locales/index.js';

import { MOVED_STATE, movedToIn } from '../sql/moved.js';

type LedgerCode = Extract<Code, `ledger.${string}`>;

/** What PostgreSQL's own numbers for errors mean to a person: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const BY_STATE: Readonly<Record<string, LedgerCode>> = {
  '28P01': 'ledger.db-password',
  '28000': 'ledger.db-password',
  '3D000': 'ledger.db-missing',
  '42501': 'ledger.db-rights',
  '25006': 'ledger.db-standby',
  // The server gave a transaction up that had been silent, or gone on, for too long.
  '25P03': 'ledger.db-away',
  '25P04': 'ledger.db-away',
  '53100': 'ledger.db-full',
  '53300': 'ledger.db-connections',
  // Somebody who looks after the database shut it for a while.
  '55000': 'ledger.db-away',
  // A lock that was waited for too long, a deadlock, a statement that was told to end: nothing of it happened.
  '55P03': 'ledger.busy',
  '40001': 'ledger.busy',
  '40P01': 'ledger.busy',
  '57014': 'ledger.busy',
  '58030': 'ledger.db-io',
  [MOVED_STATE]: 'ledger.moved',
  XX001: 'ledger.db-damaged',
  XX002: 'ledger.db-damaged',
};

/** Errors of the socket, by which the system names them. */
const BY_SYSTEM: Readonly<Record<string, LedgerCode>> = {
  ENOTFOUND: 'ledger.db-no-host',
  EAI_AGAIN: 'ledger.db-no-host',
  ECONNREFUSED: 'ledger.db-refused',
  ENOENT: 'ledger.db-refused',
};

/** What the driver and Node say of a connection that cannot be had or is gone; they give it no number. */
const CONNECTION =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout)/u;
const TLS = /SSL|certificate/iu;
const PASSWORD = /^SASL: .*client password must be/u;

/**
 * What a person can do about an error of the database. One that is no expected one (a broken constraint, a bug) is thrown
 * again.
 *
 * @param file how people know the ledger: its address without a password
 */
export function postgresProblem(error: unknown, file: string): Problem {
  const code = codeOf(error);
  if (code === null) throw error;
  const detail = error instanceof Error ? wordsOf(error) : '';
  if (code === 'ledger.moved') return { code, params: { file, to: movedToIn(detail) ?? detail } };
  return { code, params: { file, detail } } as Problem;
}

/** What an error of the database means for a run. After a page was found damaged nothing may be written any more. */
export function failureOf(error: unknown, file: string): LedgerFailure {
  const problem = postgresProblem(error, file);
  return { kind: 'failed', fatal: problem.code === 'ledger.db-damaged', problem };
}

/** The `LedgerError` that an error of the database is; any other error as it is. */
export function postgresErrorOf(error: unknown, file: string): unknown {
  return codeOf(error) === null ? error : new LedgerError(postgresProblem(error, file), null);
}

/** Does some work on the database; what it cannot do comes out as a `LedgerError`, any other error is a bug and stays one. */
export async function guarded<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw postgresErrorOf(error, file);
  }
}

function codeOf(error: unknown): LedgerCode | null {
  if (error instanceof pg.DatabaseError) return codeOfState(error.code ?? '');
  if (!(error instanceof Error)) return null;
  if (PASSWORD.test(error.message)) return 'ledger.db-password';
  const { code, syscall } = error as NodeJS.ErrnoException;
  const known = BY_SYSTEM[code ?? ''];
  if (known !== undefined) return known;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (isTls(code) || TLS.test(error.message)) return 'ledger.db-tls';
  const isLost = syscall !== undefined || CONNECTION.test(error.message);
  return isLost || code === 'ECONNRESET' || code === 'EPIPE' ? 'ledger.db-away' : null;
}

/** Classes of states: connection, resources, operator (a shutdown). */
function codeOfState(state: string): LedgerCode | null {
  const known = BY_STATE[state];
  if (known !== undefined) return known;
  return /^(?:08|57P|53)/u.test(state) ? 'ledger.db-away' : null;
}

function isTls(code: string | undefined): boolean {
  return code !== undefined && /CERT|^ERR_(?:SSL|TLS)/u.test(code);
}

/** One line, without the address that the driver was given: messages of PostgreSQL name a user and a database at most. */
function wordsOf(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : error;
  const { code, message } = (first ?? error) as NodeJS.ErrnoException;
  return message === '' ? (code ?? error.name) : (message.split('\n', 1)[0] ?? '');
}
