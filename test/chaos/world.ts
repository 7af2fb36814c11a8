import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { FaultEffect, FaultRule } from '../../src/sandbox/faults/fault.js';
import { effectOf } from '../../src/sandbox/faults/presets.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { countExecutions } from '../sandbox/read-log.js';
import { Dice } from '../simulation/dice.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import type { ChaosDatabase } from './database.js';
import { type Verdict, verdictOn } from './judge.js';
import { Machine } from './machine.js';
import {
  type PostgresProxy,
  type Statement,
  type StatementCut,
  startPostgresProxy,
} from './postgres-proxy.js';

/** What becomes of a statement of a machine; null: it goes through. */
export type PlanCut = (dice: Dice, statement: Statement) => StatementCut | null;

/** How a world is to be. */
export interface WorldSettings {
  readonly people: number;
  readonly machines: number;
  readonly ratePerSecond: number;
  readonly seed: number;
  /** How far the clock of each machine is ahead; those that are left out are right. */
  readonly clockOffsetsMs?: readonly number[];
  /** What each machine runs again and again; left out: `send` on the first, and `work` on the others, as a team would. */
  readonly commands?: readonly (readonly string[])[];
  /** Left out: every statement goes through. */
  readonly planCut?: PlanCut;
}

/** Machines, one database, one provider, and what may befall them. */
export interface World {
  readonly machines: readonly Machine[];
  /** The line of each machine to the database. */
  readonly lines: readonly PostgresProxy[];
  readonly database: ChaosDatabase;
  readonly dice: Dice;
  /** The machine whose run sends now; waits for one. null: everybody has their message. */
  owner(): Promise<Machine | null>;
  /** Resolves once so many more messages were executed, or nothing is left to be sent. */
  sent(more: number): Promise<void>;
  /** Whether everybody has their message. */
  isOver(): Promise<boolean>;
}

const OWN_PHONE = phoneNumber(1_000_000);
const SEND = ['send', 'sale', '--yes'] as const;
/** A message that shows how far the list is: absence is proven by what left later. */
const TEST = ['test', 'sale', '--to', `+${OWN_PHONE}`, '--yes'] as const;
const TEAM = [SEND, ['work'], ['work']] as const;
const LOOK_MS = 100;

/** Some answers are lost: of a part of these requests nobody knows whether they were executed. */
const LOST_ANSWERS: FaultRule = {
  name: 'lost-answers',
  match: { probability: 0.03, firstTimes: 2 },
  choice: {
    kind: 'by-chance',
    effects: ['reset-before', 'reset-after', 'truncated-after', 'http-500', 'http-503-after']
      .map(effectOf)
      .filter((effect): effect is FaultEffect => effect !== null),
  },
};

/** A world in which everybody sends, until the campaign is over and what befell it is done. */
export async function lived(
  database: ChaosDatabase,
  settings: WorldSettings,
  strike: (world: World) => Promise<void>,
  mostMs: number,
): Promise<{ readonly verdict: Verdict; readonly story: string }> {
  const made = await Made.from(database, settings);
  try {
    await made.begin();
    await made.live(strike, mostMs);
    return { verdict: await made.verdict(), story: made.story() };
  } finally {
    await made.remove();
  }
}

class Made implements World {
  readonly machines: readonly Machine[];
  readonly lines: readonly PostgresProxy[];
  readonly database: ChaosDatabase;
  readonly dice: Dice;
  readonly #settings: WorldSettings;
  readonly #sandbox: Sandbox;
  readonly #logFile: string;
  #status = '';

  private constructor(
    database: ChaosDatabase,
    settings: WorldSettings,
    dice: Dice,
    lines: readonly PostgresProxy[],
    sandbox: Sandbox,
    logFile: string,
  ) {
    this.database = database;
    this.dice = dice;
    this.lines = lines;
    this.#settings = settings;
    this.#sandbox = sandbox;
    this.#logFile = logFile;
    const env = { PLAZBOT_BASE_URL: sandbox.url, PLAZBOT_WORKSPACE_ID: 'ws-1' };
    this.machines = lines.map(({ port }, index) => {
      const clockOffsetMs = settings.clockOffsetsMs?.[index] ?? 0;
      return new Machine({
        name: `machine-${index + 1}`,
        clockOffsetMs,
        ledger: database.address(port),
        env,
      });
    });
  }

  static async from(database: ChaosDatabase, settings: WorldSettings): Promise<Made> {
    const { seed, machines, planCut } = settings;
    const dice = new Dice(seed);
    const logFile = join(mkdtempSync(join(tmpdir(), 'plazcast-chaos-log-')), 'sandbox.db');
    const sandbox = await startSandbox({
      dbFile: logFile,
      faults: [LOST_ANSWERS],
      seed,
      listPageSize: 400,
      latencyMs: { min: 1, max: 20 },
    });
    const lines: PostgresProxy[] = [];
    for (let index = 0; index < machines; index += 1) {
      const own = dice.fork();
      lines.push(await startPostgresProxy(database.port, (statement) => planCut?.(own, statement) ?? null));
    }
    return new Made(database, settings, dice, lines, sandbox, logFile);
  }

  /** The campaign on every machine, and a message that is older than all others: without one nothing can be proven. */
  async begin(): Promise<void> {
    const { people, ratePerSecond } = this.#settings;
    const lines = {
      rate: `${ratePerSecond}/s`,
      timeout: '1s',
      attempts: '9',
      stopWhen: '{ failures: 100%, over: 100000, uncertain: 100000 }',
      uncertain: `{ settle: 1s, resend: auto, control: "+${OWN_PHONE}" }`,
    };
    for (const { place } of this.machines) {
      place.write('sale/campaign.yaml', campaignYaml(lines));
      place.write('sale/recipients.csv', recipientsCsv(people));
    }
    const [first] = this.machines;
    for (let tries = 0; tries < 20; tries += 1) {
      const end = await first?.run(TEST);
      if (end?.code === 0) break;
      if (tries === 19) throw new Error(`no test message left: ${end?.said}`);
    }
    // The list tells whole seconds.
    await pause(1_000);
  }

  async live(strike: (world: World) => Promise<void>, mostMs: number): Promise<void> {
    const until = performance.now() + mostMs;
    const { commands = TEAM } = this.#settings;
    const going = this.machines.map((machine, index) => machine.keepOn(commands[index] ?? SEND, TEST));
    const struck = strike(this);
    let isStruck = false;
    let failed: unknown = null;
    const ended = struck.then(
      () => {
        isStruck = true;
      },
      (error: unknown) => {
        failed = error;
      },
    );
    while (performance.now() < until && failed === null && !(isStruck && (await this.isOver()))) {
      await pause(LOOK_MS * 3);
    }
    for (const machine of this.machines) machine.rest();
    await Promise.all(going);
    this.#status = (await this.machines[0]?.run(['status', 'sale']))?.said ?? '';
    if (failed !== null) throw failed;
    if (isStruck) await ended;
  }

  async owner(): Promise<Machine | null> {
    while (!(await this.isOver())) {
      const name = await this.#asked<{ host: string }>(
        `SELECT host FROM plazcast.runs WHERE ended_at IS NULL AND fenced_at IS NULL
           AND lease_until > clock_timestamp() ORDER BY id DESC LIMIT 1`,
      );
      const owner = this.machines.find((machine) => machine.name === name?.host);
      if (owner !== undefined) return owner;
      await pause(LOOK_MS);
    }
    return null;
  }

  async sent(more: number): Promise<void> {
    const enough = countExecutions(this.#logFile) + more;
    while (countExecutions(this.#logFile) < enough && !(await this.isOver())) await pause(LOOK_MS);
  }

  async isOver(): Promise<boolean> {
    const counted = await this.#asked<{ accepted: string }>(
      "SELECT count(*) AS accepted FROM plazcast.deliveries WHERE status = 'accepted'",
    );
    return Number(counted?.accepted ?? 0) >= this.#settings.people;
  }

  /** Null, too, where the database does not answer now. */
  async #asked<Row>(text: string): Promise<Row | null> {
    const client = new pg.Client({
      connectionString: this.database.address(this.database.port),
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return ((await client.query(text)).rows[0] as Row | undefined) ?? null;
    } catch {
      return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  verdict(): Promise<Verdict> {
    const { people, ratePerSecond } = this.#settings;
    const ledger = this.database.address(this.database.port);
    return verdictOn({ logFile: this.#logFile, ledger, people, ratePerSecond, ownPhone: OWN_PHONE });
  }

  /** What the machines said last, for whoever looks into a broken promise. */
  story(): string {
    return this.machines
      .map(({ name, ends }) => {
        const codes = ends.map(({ code }) => code ?? 'killed').join(' ');
        return `${name}: ${codes}\n${ends.at(-1)?.said ?? ''}`;
      })
      .join('\n')
      .concat(`\n${this.#status}`);
  }

  async remove(): Promise<void> {
    for (const machine of this.machines) machine.remove();
    for (const line of this.lines) await line.close();
    await this.#sandbox.close();
    rmSync(join(this.#logFile, '..'), { recursive: true, force: true });
  }
}
