import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import type { RecordingApp } from '../../src/app/actions/record-action.js';
import { copyLedger } from '../../src/app/ledger-copy/copy-ledger.js';
import type { CopyApp } from '../../src/app/ledger-copy/hold-still.js';
import { readEnvironment } from '../../src/cli/environment.js';
import type { Ledger, Ledgers } from '../../src/core/ledger/ledger.js';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.js';
import { COPIED_TABLES } from '../../src/ledger/sql/copied-tables.js';
import { MIGRATIONS } from '../../src/ledger/sqlite/schema.js';
import { SQLITE_LEDGERS } from '../../src/ledger/sqlite/sqlite-ledgers.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { emptyLedgerDatabase } from '../support/postgres/ledger-database.js';
import { losingProxy } from '../support/postgres/losing-proxy.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { ACCEPTED, NOT_SENT, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../support/sends.js';
import {
  begunIn,
  campaignIn,
  claimedBy,
  collected,
  ended,
  imported,
  OPERATOR,
  type Place,
  people,
  rejectedRow,
} from './suite/ledger-at-hand.js';
import { listed, present, read, settlingOf } from './suite/list-at-hand.js';
import { sqliteAt } from './suite/sqlite-at-hand.js';

const LEDGERS: Ledgers = {
  ...SQLITE_LEDGERS,
  open: (file, mode) =>
    file.startsWith('postgres') ? openPostgresLedger(file, mode) : SQLITE_LEDGERS.open(file, mode),
};
type CopyingApp = CopyApp & Omit<RecordingApp, 'ledgerFile'>;
const APP: CopyingApp = {
  ledgers: LEDGERS,
  ledgerCopies: ADAPTERS.ledgerCopies,
  memories: ADAPTERS.memories,
  clock: ADAPTERS.clock,
  process: { pid: 1, host: 'host' },
  operator: 'maria',
  place: 'terminal',
  environment: unwrapped(readEnvironment({ env: {}, cwd: '/', home: '/' }, true)),
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'plazcast-copy-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const moved = (from: string, to: string, again = false) =>
  copyLedger({ from, to, again }, APP, () => undefined);

async function opened(file: string): Promise<Ledger> {
  const ledger = unwrapped(await LEDGERS.open(file, 'read'));
  onTestFinished(() => ledger.close());
  return ledger;
}

/** A ledger in which something stands in every table. */
async function eventful(file: string): Promise<Place> {
  const place = await campaignIn({ ...sqliteAt(file), again: () => Promise.reject(new Error('not here')) });
  const { ledger } = place;
  const strange = {
    cells: ['a\tb\\n', 'c\nd\r', '\\N', 'é😀\0'],
    attachment: { url: 'https://x/é', fileName: null },
  };
  const person = { person: phoneNumber(8), phone: phoneNumber(8), reason: 'asked', source: 'test' };
  await imported(place, [
    ...people(6),
    recipient(6, strange as object),
    recipient(7),
    recipient(8),
    rejectedRow(20),
  ]);
  await imported(
    place,
    [
      ...people(6),
      recipient(6, strange as object),
      recipient(8),
      recipient(0, { line: 30 }),
      rejectedRow(20),
    ],
    'd2',
  );
  const { ledger: run } = await begunIn(place);
  const outcomes = [ACCEPTED, UNCERTAIN, REFUSED, NOT_SENT, UNCERTAIN];
  for (const [index, delivery] of (await claimedBy(run, 5)).entries()) {
    await ended(run, delivery, outcomes[index] ?? ACCEPTED);
  }
  await run.end(3_000, { code: 'halt.breaker' } as never, 'interrupted');
  await ledger.lists.add(WORKSPACE, [{ ...person, expiresAt: null }], 3_000);
  await ledger.people.forget(phoneNumber(2), 3_500);
  await ledger.campaigns.pause(place.campaign.id, OPERATOR);
  await ledger.campaigns.open({ ...place.campaign, template: 'other_es' }, true, 4_000);
  await ledger.runs.keepLearnedRate('sender', 4.25, 1_000);
  await ledger.templates.keep('sender', { readAt: 1, templates: [] });
  const test1 = { workspace: WORKSPACE, campaign: 'sale', template: 'sale_es', phone: '51', person: '51' };
  await ledger.testSends.begin({ ...test1, body: [], header: [], press: 'p1' }, 5_000);
  const options = { limit: null, acceptChanges: false, acceptLedger: false };
  const plan = { key: 'a', planDigest: 'd', confirmed: 20, options };
  const where = { workspace: WORKSPACE, name: 'sale', file: '/sale/campaign.yaml', sender: 's' };
  await ledger.team.add({ name: 'ana', roles: ['admin'], passwordHash: 'h', oidc: 'a@b.c' }, 7_000);
  await ledger.launches.ask({ ...where, ...plan, by: 'Ana', startAt: 90_000 }, 6_000);
  await ledger.approvals.setRequired(true, OPERATOR);
  const wanted = { workspace: WORKSPACE, campaign: 'sale', people: 20, note: 'please' };
  const asked = async (planDigest: string) =>
    unwrapped(await ledger.approvals.ask({ ...wanted, planDigest }, { by: 'Ana', at: 7_000 })).id;
  const back = { state: 'withdrawn', reason: '' } as const;
  await ledger.approvals.answer(await asked('d1'), back, { by: 'Ana', at: 7_500 });
  const given = { state: 'approved', reason: '' } as const;
  await ledger.approvals.answer(await asked('d2'), given, { by: 'Eva', at: 8_000 });
  const settling = settlingOf(place);
  const scan = await read(settling, [listed('r1', 1), listed('r9', 40)]);
  await present(settling, scan, 1);
  await place.rawly(`INSERT INTO scan_tokens SELECT max(id), 'token' FROM scans;
    -- A text of PostgreSQL cannot hold it.
    UPDATE settings SET changed_by = 'maria' || char(0);
    INSERT INTO unsettled SELECT 4, max(id), 1, '[]', 1 FROM attempts`);
  return place;
}

/** What the port tells of a ledger, all of it. */
async function told(ledger: Ledger, campaignId: number) {
  const {
    campaigns,
    imports,
    reports,
    status,
    lists,
    runs,
    templates,
    identity,
    launches,
    actions,
    approvals,
  } = ledger;
  const campaign = (await campaigns.list(null))[0];
  if (campaign === undefined) throw new Error('the ledger has no campaign');
  return {
    id: await identity.id(),
    campaign,
    counts: await campaigns.counts(campaignId),
    skipped: await campaigns.skippedByReason(campaignId),
    use: await campaigns.dailyUse(WORKSPACE, 1, 6_000),
    warnings: await campaigns.warnings(campaign, 6_000),
    plan: await imports.planFacts(campaignId),
    rejections: await collected(imports.rejections(campaignId)),
    rows: (await collected(reports.rows(campaignId, null))).flat(),
    summary: await reports.summary(campaign, 'label', 9_000),
    evidence: await collected(reports.evidence(campaignId)),
    run: await status.lastRun(campaignId),
    reasons: await status.unreachedReasons(campaignId),
    entries: await collected(lists.entries(WORKSPACE)),
    balance: await runs.balance(campaignId),
    rate: await runs.learnedRate('sender'),
    templates: await templates.last('sender'),
    last: await identity.lastAttempt(campaignId),
    launches: await launches.open(),
    // That it was moved stands where it moved to.
    actions: (await actions.page({ by: null, campaign: null, since: null, until: null }, null, 99)).filter(
      ({ kind }) => kind !== 'ledger-copied',
    ),
    required: await approvals.isRequired(),
    approval: await approvals.last(campaign),
    users: await ledger.team.users(),
  };
}

describe('a ledger that is copied', () => {
  test('has every table and column of the schema on its list', () => {
    const db = new Database(':memory:');
    for (const migration of MIGRATIONS) db.exec(migration);
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[];
    const own = ['ledger_identity', 'reserve', 'sessions'];
    const wanted = tables.filter((name) => !own.includes(name)).toSorted();
    expect(COPIED_TABLES.map(({ name }) => name).toSorted()).toEqual(wanted);
    for (const { name, columns, key } of COPIED_TABLES) {
      const info = db.pragma(`table_info(${name})`) as { name: string; pk: number }[];
      expect([name, columns]).toEqual([name, info.map((column) => column.name)]);
      const keys = info.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
      expect([name, key]).toEqual([name, keys.map((column) => column.name)]);
    }
  });

  test('says the same through the port, from a file to PostgreSQL and back, whatever stands in it', async () => {
    const [file, back] = ['one.db', 'two.db'].map((name) => join(folder(), name)) as [string, string];
    const place = await eventful(file);
    const before = await told(place.ledger, place.campaign.id);
    const address = await emptyLedgerDatabase();
    const there = unwrapped(await moved(file, address));
    expect(there.tables.filter(({ rows }) => rows === 0).map(({ table }) => table)).toEqual([]);
    const copy = await told(await opened(address), place.campaign.id);
    expect(copy).toEqual(before);
    const again = unwrapped(await moved(address, back));
    expect(again.tables).toEqual(there.tables);
    expect(await told(await opened(back), place.campaign.id)).toEqual(copy);
  });

  test('goes on where it was: ids of what comes are new ones', async () => {
    const file = join(folder(), 'ledger.db');
    const place = await eventful(file);
    const address = await emptyLedgerDatabase();
    unwrapped(await moved(file, address));
    const ledger = unwrapped(await LEDGERS.open(address, 'existing'));
    onTestFinished(() => ledger.close());
    const copy = { ...place, ledger };
    await ledger.campaigns.resume(place.campaign.id, OPERATOR);
    await imported(copy, [...people(6), recipient(6), recipient(9)], 'd3');
    const { ledger: run } = await begunIn(copy);
    expect((await claimedBy(run, 9, 9_000)).map(({ phone }) => phone)).toContain(phoneNumber(9));
  });
});

describe('the ledger that it came from', () => {
  test.each(['file', 'database'])('as a %s is read as before, and refuses every change', async (kind) => {
    const [file, back] = ['one.db', 'two.db'].map((name) => join(folder(), name)) as [string, string];
    const place = await eventful(file);
    const address = await emptyLedgerDatabase();
    if (kind === 'database') unwrapped(await moved(file, address));
    const [from, to] = kind === 'file' ? [file, address] : [address, back];
    // Somebody had it open before.
    const stale = unwrapped(await LEDGERS.open(from, 'existing'));
    onTestFinished(() => stale.close());
    const { to: name } = unwrapped(await moved(from, to));
    for (const mode of ['create', 'existing'] as const) {
      expect(problemsOf(await LEDGERS.open(from, mode))).toMatchObject([
        { code: 'ledger.moved', params: { to: name } },
      ]);
    }
    const entry = { person: '51', phone: '51', reason: 'r', source: 's', expiresAt: null };
    await expect(stale.lists.add(WORKSPACE, [entry], 9_000)).rejects.toMatchObject({
      problem: { code: 'ledger.moved', params: { to: name } },
    });
    await expect(begunIn({ ...place, ledger: stale })).rejects.toMatchObject({
      problem: { code: 'ledger.moved' },
    });
    const reader = await opened(from);
    expect(await reader.identity.movedTo()).toBe(name);
    expect(await reader.campaigns.counts(place.campaign.id)).toMatchObject({ rejected: 1 });
  });

  test('moves nowhere else, but where somebody says that the other place is lost', async () => {
    const file = join(folder(), 'ledger.db');
    await eventful(file);
    const [lost, other] = [join(folder(), 'lost.db'), join(folder(), 'other.db')];
    unwrapped(await moved(file, lost));
    expect(problemsOf(await moved(file, other))).toMatchObject([{ code: 'ledger.moved' }]);
    unwrapped(await moved(file, other, true));
    const ids = await Promise.all([lost, other].map(async (one) => (await opened(one)).identity.id()));
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('goes on to the same place after a cut between the two ends', async () => {
    const file = join(folder(), 'ledger.db');
    await eventful(file);
    const to = join(folder(), 'copy.db');
    const cut: CopyingApp = {
      ...APP,
      ledgerCopies: {
        ...APP.ledgerCopies,
        withTarget: (place, work) =>
          APP.ledgerCopies.withTarget(place, (target) =>
            work({ ...target, finish: () => Promise.reject(new Error('cut')) }),
          ),
      },
    };
    await expect(copyLedger({ from: file, to, again: false }, cut, () => undefined)).rejects.toThrow('cut');
    expect(problemsOf(await LEDGERS.open(to, 'existing'))).toMatchObject([{ code: 'ledger.missing' }]);
    unwrapped(await moved(file, to));
    expect(await (await opened(to)).identity.movedTo()).toBeNull();
  });
});

describe('a ledger that has moved although the answer of the other one was lost', () => {
  test.each(['file', 'database'])(
    'as a %s: the same command says that it has moved, and another one does not',
    async (kind) => {
      const [file, back, other] = ['one.db', 'two.db', 'three.db'].map((name) => join(folder(), name)) as [
        string,
        string,
        string,
      ];
      const place = await eventful(file);
      const address = await emptyLedgerDatabase();
      const proxy = await losingProxy(address);
      if (kind === 'database') unwrapped(await moved(file, address));
      const [from, to] = kind === 'file' ? [file, proxy.address] : [address, back];
      if (kind === 'file') {
        proxy.lose('answer', 'UPDATE ledger_identity');
        expect(problemsOf(await moved(from, to))).toMatchObject([{ code: 'ledger.db-away' }]);
      } else unwrapped(await moved(from, to));
      const again = unwrapped(await moved(from, to));
      expect(again.tables.find(({ table }) => table === 'deliveries')?.rows).toBeGreaterThan(0);
      const there = unwrapped(await LEDGERS.open(to, 'existing'));
      onTestFinished(() => there.close());
      expect(await there.campaigns.counts(place.campaign.id)).toMatchObject({ rejected: 1 });
      // It goes on elsewhere by now: what it came from may not be copied over it, nor to another place.
      expect(problemsOf(await moved(from, other))).toMatchObject([{ code: 'ledger.moved' }]);
      expect(problemsOf(await moved(from, to, true))).toMatchObject([{ code: 'ledger.copy-not-empty' }]);
    },
  );
});

test('a launch whose process was about to begin waits where it moved to: from here nothing begins any more', async () => {
  const [file, back] = ['one.db', 'two.db'].map((name) => join(folder(), name)) as [string, string];
  const place = await eventful(file);
  const [launch] = await place.ledger.launches.open();
  const mark = { host: 'host', pid: 1, startedAs: '1' };
  const key = launch?.key ?? '';
  await place.ledger.launches.start(key, { starter: mark, log: 'log' }, null, 90_000);
  const address = await emptyLedgerDatabase();
  unwrapped(await moved(file, address));
  const there = unwrapped(await LEDGERS.open(address, 'existing'));
  onTestFinished(() => there.close());
  expect(await there.launches.find(key)).toMatchObject({ state: 'waiting', starter: null, startAt: 90_000 });
  await there.launches.start(key, { starter: mark, log: 'log' }, null, 90_000);
  unwrapped(await moved(address, back));
  expect(await (await opened(back)).launches.find(key)).toMatchObject({ state: 'waiting', starter: null });
});

describe('a copy is refused', () => {
  test('into what is not empty', async () => {
    const [one, two] = [join(folder(), 'one.db'), join(folder(), 'two.db')];
    await eventful(one);
    await eventful(two);
    const address = await emptyLedgerDatabase();
    expect(problemsOf(await moved(one, two))).toMatchObject([{ code: 'ledger.copy-not-empty' }]);
    unwrapped(await moved(one, address));
    expect(problemsOf(await moved(two, address))).toMatchObject([{ code: 'ledger.copy-not-empty' }]);
    expect(problemsOf(await moved(two, two))).toMatchObject([{ code: 'ledger.copy-same' }]);
  });

  test('into a file that comes there meanwhile: the ledger stays open, and so does the file', async () => {
    const file = join(folder(), 'ledger.db');
    await eventful(file);
    const to = join(folder(), 'copy.db');
    const comesMeanwhile = (): void => writeFileSync(to, 'somebody else');
    const result = await copyLedger({ from: file, to, again: false }, APP, comesMeanwhile);
    expect(problemsOf(result)).toMatchObject([{ code: 'ledger.copy-not-empty' }]);
    const ledger = unwrapped(await LEDGERS.open(file, 'existing'));
    onTestFinished(() => ledger.close());
    expect(await ledger.identity.movedTo()).toBeNull();
    expect([readdirSync(join(to, '..')), readFileSync(to, 'utf8')]).toEqual([['copy.db'], 'somebody else']);
  });

  test('that came out damaged on its disk: the disk is named, and the place that was meant; the ledger stays open', async () => {
    const file = join(folder(), 'ledger.db');
    await eventful(file);
    const to = join(folder(), 'copy.db');
    const { pragma } = Database.prototype;
    const looked = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
      this: Database.Database,
      ...asked: Parameters<typeof pragma>
    ) {
      const isOfCopy = asked[0] === 'integrity_check(1)' && this.name !== file;
      return isOfCopy ? 'row 1 missing from index' : (pragma.apply(this, asked) as unknown);
    });
    onTestFinished(() => looked.mockRestore());
    expect(problemsOf(await moved(file, to))).toMatchObject([{ code: 'ledger.io', params: { file: to } }]);
    expect(readdirSync(join(to, '..'))).toEqual([]);
    const ledger = unwrapped(await LEDGERS.open(file, 'existing'));
    onTestFinished(() => ledger.close());
    expect(await ledger.identity.movedTo()).toBeNull();
  });

  // A folder in which a file is open stays, on Windows.
  test.skipIf(ON_WINDOWS)(
    'into a folder that goes away meanwhile: that is told, and the ledger stays open',
    async () => {
      const file = join(folder(), 'ledger.db');
      await eventful(file);
      const place = join(folder(), 'disk');
      mkdirSync(place);
      const to = join(place, 'copy.db');
      const goesAway = (): void => rmSync(place, { recursive: true, force: true });
      const result = await copyLedger({ from: file, to, again: false }, APP, goesAway);
      expect(problemsOf(result)).toMatchObject([
        { code: 'ledger.io', params: { file: to, detail: 'ENOENT' } },
      ]);
      const ledger = unwrapped(await LEDGERS.open(file, 'existing'));
      onTestFinished(() => ledger.close());
      expect(await ledger.identity.movedTo()).toBeNull();
    },
  );

  test('while a run goes on, and leaves everything as it is', async () => {
    const file = join(folder(), 'ledger.db');
    const place = await eventful(file);
    const address = await emptyLedgerDatabase();
    unwrapped(await moved(file, address));
    const ledger = unwrapped(await LEDGERS.open(address, 'existing'));
    onTestFinished(() => ledger.close());
    await begunIn({ ...place, ledger });
    const to = join(folder(), 'back.db');
    expect(problemsOf(await moved(address, to))).toMatchObject([{ code: 'ledger.copy-run' }]);
    expect(await ledger.identity.movedTo()).toBeNull();
    expect(readdirSync(join(to, '..'))).toEqual([]);
  });

  test('where the copy differs, and nothing of it is left', async () => {
    const file = join(folder(), 'ledger.db');
    await eventful(file);
    const to = join(folder(), 'copy.db');
    const wrong: CopyingApp = {
      ...APP,
      ledgerCopies: {
        ...APP.ledgerCopies,
        withTarget: (place, work) =>
          APP.ledgerCopies.withTarget(place, (target) =>
            work({
              ...target,
              fill: (table, rows) => target.fill(table, table === 'attempts' ? without(rows) : rows),
            }),
          ),
      },
    };
    const result = await copyLedger({ from: file, to, again: false }, wrong, () => undefined);
    expect(problemsOf(result)).toMatchObject([
      { code: 'ledger.copy-differs', params: { table: 'attempts' } },
    ]);
    expect(readdirSync(join(to, '..'))).toEqual([]);
    expect(await (await opened(file)).identity.movedTo()).toBeNull();
  });
});

async function* without<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[]> {
  for await (const page of pages) yield page.slice(1);
}
