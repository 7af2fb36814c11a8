import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { failed, ok, type Result } from '../../core/problem.js';

/** Where a database is, and how it is reached. */
export interface PostgresAddress {
  /** How people know it: without password and settings. */
  readonly name: string;
  readonly config: pg.PoolConfig;
}

const SCHEMES = new Set(['postgres:', 'postgresql:']);
const SETTINGS = new Set(['host', 'sslmode', 'sslrootcert']);
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;
const USUAL_PORT = 5432;

/**
 * Reads an address such as `postgres://user@host:5432/database?sslmode=verify-full`. Connections are encrypted and the
 * server's certificate is checked, but on this machine itself, and where `sslmode` says otherwise. A password that is not
 * in it comes from `PGPASSWORD` or `.pgpass`.
 */
export function postgresAddress(named: string): Result<PostgresAddress> {
  const url = urlOf(named);
  const database = url === null ? null : decoded(url.pathname.slice(1));
  const [user, password] = [decoded(url?.username ?? ''), decoded(url?.password ?? '')];
  if (url === null || !database || database.includes('/') || user === null || password === null)
    return MALFORMED;
  const host = url.searchParams.get('host') ?? (url.hostname.replace(/^\[|\]$/gu, '') || 'localhost');
  const tls = tlsOf(url.searchParams, host);
  if (!tls.ok) return tls;
  const port = url.port === '' ? USUAL_PORT : Number(url.port);
  const who = user === '' ? {} : { user };
  const secret = password === '' ? {} : { password };
  return ok({
    name: nameOf(user, host, port, database),
    config: { ...who, ...secret, host, port, database, ssl: tls.value },
  });
}

/** The address itself is not told: it may hold a password where nobody expects one. */
const MALFORMED = failed({ code: 'ledger.db-address' });

function urlOf(named: string): URL | null {
  try {
    const url = new URL(named);
    const isStrange = [...url.searchParams.keys()].some((setting) => !SETTINGS.has(setting));
    return SCHEMES.has(url.protocol) && url.pathname.startsWith('/') && url.hash === '' && !isStrange
      ? url
      : null;
  } catch {
    return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function nameOf(user: string, host: string, port: number, database: string): string {
  const at = user === '' ? '' : `${encodeURIComponent(user)}@`;
  const place = host.includes(':') ? `[${host}]` : host;
  const [authority, socket] = host.startsWith('/') ? ['', `?host=${host}`] : [place, ''];
  return `postgres://${at}${authority}${port === USUAL_PORT ? '' : `:${port}`}/${encodeURIComponent(database)}${socket}`;
}

function tlsOf(settings: URLSearchParams, host: string): Result<NonNullable<pg.PoolConfig['ssl']>> {
  const isHere = host.startsWith('/') || LOOPBACK.test(host);
  const file = settings.get('sslrootcert');
  const ca = file === null ? ok({}) : authority(file);
  if (!ca.ok) return ca;
  switch (settings.get('sslmode') ?? (isHere ? 'disable' : 'verify-full')) {
    case 'disable':
      return ok(false);
    case 'require':
      return ok({ ...ca.value, rejectUnauthorized: false });
    case 'verify-ca':
      return ok({ ...ca.value, rejectUnauthorized: true, checkServerIdentity: () => undefined });
    case 'verify-full':
      return ok({ ...ca.value, rejectUnauthorized: true });
    default:
      return MALFORMED;
  }
}

function authority(file: string): Result<{ readonly ca: string }> {
  try {
    return ok({ ca: readFileSync(file, 'utf8') });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ code: 'ledger.db-certificate', params: { file, detail } });
  }
}
