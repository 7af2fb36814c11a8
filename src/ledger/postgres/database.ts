import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { type Params, positional } from './placeholders.js';

/** A place where statements run, with parameters by name (`@campaignId`): on their own, or within one transaction. */
export interface Sql {
  /** All rows, as objects whose keys are the columns' names. */
  rows<Row>(text: string, params?: Params): Promise<readonly Row[]>;
  /** The first row, or undefined where there is none. */
  row<Row>(text: string, params?: Params): Promise<Row | undefined>;
  /** All rows, as lists of values in the order of the columns. */
  lists<Row>(text: string, params?: Params): Promise<readonly Row[]>;
  /** Does it; returns how many rows it changed. */
  run(text: string, params?: Params): Promise<number>;
}

/** How long a transaction waits. */
export interface Patience {
  /** After which the connection is given up, whatever the database does with what it was asked; left out: never. */
  readonly answerMs?: number;
  /** For rows and tables that others hold; left out: as the server is set to. */
  readonly lockMs?: number;
}

/** Whoever falls silent in the middle of a transaction keeps nobody waiting for its rows longer than this. */
const SILENCE_MS = 15_000;
/**
 * By when each side finds the other gone of which no packet comes any more; the systems' own two hours would be too long. The
 * server needs it, too: a transaction counts as silent only between statements, and the rows of a file are one.
 */
const UNHEARD_MS = 5_000;
const FIND_WHO_IS_GONE = `SET tcp_keepalives_idle = ${UNHEARD_MS / 1_000}; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3;
  SET tcp_user_timeout = ${SILENCE_MS}`;
/** How long a statement of a person's command may wait for a connection. */
const CONNECT_MS = 10_000;
/** Connections at a time: a run, what settles beside it, its heartbeat, and what is read meanwhile. */
const MOST_CONNECTIONS = 6;
/** PostgreSQL's numbers for its types, as `pg_type` has them. */
const INT8 = 20;
const NUMERIC = 1700;

/**
 * A database of PostgreSQL: a pool of connections. Statements have no names, so that a pooler between may give each
 * transaction another connection. Ids and moments are below 2^53, and come as numbers.
 */
export class Database implements Sql {
  readonly #pool: pg.Pool;

  constructor(config: pg.PoolConfig) {
    this.#pool = new pg.Pool({
      Client: EndingClient,
      connectionTimeoutMillis: CONNECT_MS,
      max: MOST_CONNECTIONS,
      keepAlive: true,
      keepAliveInitialDelayMillis: UNHEARD_MS,
      application_name: 'plazcast',
      // A pooler may give another connection: each transaction says it again, and so does the role's own setting.
      onConnect: (client) =>
        client.query(`SET search_path = 'plazcast'; ${FIND_WHO_IS_GONE}`).then(() => undefined),
      types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
      ...config,
    });
    // An idle connection that breaks is replaced by the pool; what was under way on one rejects by itself.
    this.#pool.on('error', () => undefined);
  }

  rows<Row>(text: string, params?: Params): Promise<readonly Row[]> {
    return statementsOn(this.#pool).rows(text, params);
  }

  row<Row>(text: string, params?: Params): Promise<Row | undefined> {
    return statementsOn(this.#pool).row(text, params);
  }

  lists<Row>(text: string, params?: Params): Promise<readonly Row[]> {
    return statementsOn(this.#pool).lists(text, params);
  }

  /** In a transaction of its own: only that is synced whatever the server is set to. */
  run(text: string, params?: Params): Promise<number> {
    return this.transaction((sql) => sql.run(text, params));
  }

  /**
   * Everything that `work` does on its `sql` happens, or nothing; where it rejects because the connection was lost at its
   * end, it may have happened.
   *
   */
  transaction<T>(work: (sql: Sql, client: pg.ClientBase) => Promise<T>, patience: Patience = {}): Promise<T> {
    return this.onConnection((client) => {
      const done = () => transactionOn(client, patience, () => work(statementsOn(client), client));
      const { answerMs } = patience;
      return answerMs === undefined ? done() : within(answerMs, client, done);
    });
  }

  /** Lends one connection; one that failed is not lent again. */
  async onConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken = false;
    const breaks = (): void => {
      broken = true;
    };
    client.on('error', breaks);
    try {
      return await work(client);
    } catch (error) {
      broken ||= !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';
      throw error;
    } finally {
      client.off('error', breaks);
      client.release(broken);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * A client that fails on its side of the log-in, such as for want of a password, ends its connection: `pg` leaves it open,
 * and the process waits for the minute after which the server gives up.
 */
class EndingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const { connection } = this as unknown as { readonly connection: EventEmitter & { stream: Duplex } };
    connection.on('error', () => connection.stream.destroy());
  }
}

/** Statements on a connection, or on any of a pool. */
export function statementsOn(on: Pick<pg.ClientBase, 'query'> | pg.Pool): Sql {
  const asked = (text: string, params: Params = {}) => on.query(positional(text, params)) as Promise<Answer>;
  return {
    rows: async <Row>(text: string, params?: Params) => (await asked(text, params)).rows as Row[],
    row: async <Row>(text: string, params?: Params) => (await asked(text, params)).rows[0] as Row | undefined,
    lists: async <Row>(text: string, params?: Params) => {
      const answer = await on.query({ ...positional(text, params ?? {}), rowMode: 'array' });
      return answer.rows as Row[];
    },
    run: async (text: string, params?: Params) => (await asked(text, params)).rowCount ?? 0,
  };
}

type Answer = pg.QueryResult<pg.QueryResultRow>;

/**
 * What a commit promises must hold after a crash, whatever the server is set to; and whoever falls silent holds no rows when
 * the answer is not waited for any more.
 */
const beginning = ({ lockMs, answerMs = SILENCE_MS }: Patience): string => `BEGIN;
  SELECT set_config('search_path', 'plazcast', true),
    set_config('idle_in_transaction_session_timeout', '${Math.min(answerMs, SILENCE_MS)}', true),
    set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
      THEN 'on' ELSE current_setting('synchronous_commit') END, true)
  ${lockMs === undefined ? '' : `; SET LOCAL lock_timeout = ${lockMs}`}`;

async function transactionOn<T>(
  client: pg.PoolClient,
  patience: Patience,
  work: () => Promise<T>,
): Promise<T> {
  try {
    await client.query(beginning(patience));
    const done = await work();
    await client.query('COMMIT');
    return done;
  } catch (error) {
    // On a connection that is gone nothing is left to be undone.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** A connection that hangs is ended, so that what waits for it rejects. */
async function within<T>(ms: number, client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => void (client as unknown as pg.Client).end(), ms);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

function parserOf(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}
