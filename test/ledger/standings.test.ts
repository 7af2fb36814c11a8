import { describe, expect, test } from 'vitest';
import type { StandingQuestion } from '../../src/core/ledger/imports.js';
import { lookWithoutLedger } from '../../src/core/ledger/no-ledger.js';
import type { Recipient } from '../../src/core/recipient.js';
import { SeenPeople } from '../../src/core/seen-people.js';
import { GoneFromFile } from '../../src/ledger/sql/standings.js';
import { forgetPeople } from '../../src/ledger/sqlite/forget.js';
import { standingsOf } from '../../src/ledger/sqlite/standings.js';
import { addSuppressions } from '../../src/ledger/sqlite/suppressions.js';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  NOON,
  recipient,
  rejection,
} from '../support/filled-ledger.js';
import { cancelCampaign, resumeCampaign } from '../support/on-sqlite.js';

const NOBODY = new Set<string>();

async function world() {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const news = campaignIn(db, { name: 'news' });
  const people = Array.from({ length: 6 }, (_, index) => recipient(index + 2));
  await importRows(db, sale, people);
  const ask = (rows: readonly Recipient[], question: Partial<StandingQuestion> = {}) => {
    const whole = {
      workspace: 'ws',
      campaignId: sale.id,
      limit: null,
      suppressed: NOBODY,
      at: NOON,
      ...question,
    };
    return standingsOf(
      db,
      whole,
      new SeenPeople(),
      new GoneFromFile(0),
    )(rows.map((row) => ({ kind: 'recipient', recipient: row })));
  };
  return { db, sale, news, ask };
}

describe('to a campaign, a row is', () => {
  test('somebody new, or somebody known with the status', async () => {
    const { db, sale, ask } = await world();
    attempted(db, sale, recipient(3).person, 'accepted', NOON);
    expect(ask([recipient(2), recipient(3), recipient(9)])).toEqual([
      { kind: 'known', status: 'pending', reason: null, changed: false },
      { kind: 'known', status: 'accepted', reason: null, changed: false },
      { kind: 'new' },
    ]);
  });

  test('known wherever it stands now, and not for standing where somebody else stood', async () => {
    const { db, sale, ask } = await world();
    attempted(db, sale, recipient(3).person, 'accepted', NOON);
    const moved = [
      recipient(2, { person: recipient(9).person }),
      { ...recipient(3), line: 4 },
      recipient(12),
    ];
    expect(ask(moved)).toMatchObject([
      { kind: 'new' },
      { kind: 'known', status: 'accepted' },
      { kind: 'new' },
    ]);
    expect(ask([{ ...recipient(3), line: 900 }])).toMatchObject([{ kind: 'known', status: 'accepted' }]);
  });

  test('known with other values', async () => {
    const { ask } = await world();
    const body = [{ variable: '1', value: 'Eva' }];
    const attachment = { url: 'https://example.com/a.pdf', name: 'a.pdf' };
    const rows = [recipient(2, { body }), recipient(3, { header: body }), recipient(4, { attachment })];
    expect(ask(rows)).toMatchObject([{ changed: true }, { changed: true }, { changed: true }]);
  });

  test('a repetition of an earlier row, whoever it is', async () => {
    const { ask } = await world();
    expect(ask([recipient(2), recipient(7, { person: recipient(2).person })])[1]).toEqual({
      kind: 'duplicate',
      firstLine: 2,
    });
  });

  test('nothing when it is rejected', async () => {
    const { db } = await world();
    const question = { workspace: 'ws', campaignId: null, limit: null, suppressed: NOBODY, at: NOON };
    expect(standingsOf(db, question, new SeenPeople(), new GoneFromFile(0))([rejection(2)])).toEqual([null]);
  });

  test('new to a ledger that does not exist, or does not know the campaign', async () => {
    const { ask } = await world();
    expect(ask([recipient(2)], { campaignId: null })).toEqual([{ kind: 'new' }]);
    const question = {
      workspace: 'ws',
      campaignId: null,
      limit: null,
      suppressed: new Set([recipient(3).person]),
      at: NOON,
    };
    const rows = [recipient(2), recipient(3)].map((row) => ({ kind: 'recipient' as const, recipient: row }));
    expect(await lookWithoutLedger(question).standings(rows)).toEqual([
      { kind: 'new' },
      { kind: 'held-back', reason: 'suppressed' },
    ]);
  });

  test('held back when it is on the workspace’s list, until that entry expires', async () => {
    const { db, ask } = await world();
    const { person, phone } = recipient(2);
    addSuppressions(
      db,
      'ws',
      [{ person, phone, reason: 'asked', source: 'mail', expiresAt: NOON + DAY }],
      NOON,
    );
    expect(ask([recipient(2)])).toEqual([{ kind: 'held-back', reason: 'suppressed' }]);
    expect(ask([recipient(2)], { at: NOON + DAY })).toMatchObject([{ kind: 'known' }]);
    expect(ask([recipient(2)], { workspace: 'elsewhere' })).toMatchObject([{ kind: 'known' }]);
  });

  test('judged by the campaign’s own list as it is now, not as it was at the last send', async () => {
    const { db, sale, ask } = await world();
    const { person, phone } = recipient(2);
    addSuppressions(
      db,
      'ws',
      [{ person, phone, reason: 'file', source: 'old.csv', expiresAt: null }],
      NOON,
      sale.id,
    );
    expect(ask([recipient(2)])).toMatchObject([{ kind: 'known', status: 'pending' }]);
    expect(ask([recipient(2)], { suppressed: new Set([person]) })).toMatchObject([{ kind: 'held-back' }]);
  });

  test('held back when the person got enough lately; who was served already stays served', async () => {
    const { db, sale, news, ask } = await world();
    await importRows(db, news, [recipient(2)]);
    attempted(db, news, recipient(2).person, 'accepted', NOON - DAY);
    attempted(db, sale, recipient(3).person, 'accepted', NOON - DAY);
    const limit = { count: 1, perMs: 7 * DAY };
    expect(ask([recipient(2), recipient(3)], { limit })).toMatchObject([
      { kind: 'held-back', reason: 'capped' },
      { kind: 'known', status: 'accepted' },
    ]);
    expect(ask([recipient(2)], { limit, at: NOON + 6 * DAY })).toMatchObject([
      { kind: 'known', status: 'pending' },
    ]);
  });

  test('held back when the person got enough before she was forgotten', async () => {
    const { db, news, ask } = await world();
    await importRows(db, news, [recipient(9)]);
    attempted(db, news, recipient(9).person, 'accepted', NOON - DAY);
    forgetPeople(db, [recipient(9).person], NOON);
    const limit = { count: 1, perMs: 7 * DAY };
    expect(ask([recipient(9)], { limit })).toEqual([{ kind: 'held-back', reason: 'capped' }]);
    expect(ask([recipient(9)], { limit, at: NOON + 6 * DAY })).toEqual([{ kind: 'new' }]);
  });

  test('held back while the campaign is canceled, whatever it was skipped for', async () => {
    const { db, sale, ask } = await world();
    cancelCampaign(db, sale.id, { by: 'maria', at: NOON });
    db.prepare("UPDATE deliveries SET reason = 'suppressed' WHERE line = 3").run();
    expect(ask([recipient(2), recipient(3), recipient(9)])).toMatchObject([
      { kind: 'known', status: 'skipped', reason: 'canceled' },
      { kind: 'held-back', reason: 'canceled' },
      { kind: 'held-back', reason: 'canceled' },
    ]);
    resumeCampaign(db, sale.id, { by: 'maria', at: NOON });
    expect(ask([recipient(2), recipient(3)])).toMatchObject([
      { kind: 'known', status: 'pending' },
      { kind: 'known', status: 'pending' },
    ]);
  });
});
