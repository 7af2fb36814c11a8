import { expect, test } from 'vitest';
import { lists, row, rows, run, type Steps } from '../../src/ledger/sql/steps.js';
import { storeOf } from '../../src/ledger/sqlite/store.js';
import { emptyLedger } from '../support/filled-ledger.js';

const ADD = "INSERT INTO settings (name, value, changed_by, changed_at) VALUES (@name, 'on', 'ana', 1)";
const NAMES = 'SELECT name FROM settings ORDER BY name';

/** A ledger in memory as a store, and how many statements it has compiled. */
function atHand() {
  const db = emptyLedger();
  const prepare = db.prepare.bind(db);
  let compiled = 0;
  const counting: typeof db.prepare = (text: string) => {
    compiled += 1;
    return prepare(text);
  };
  db.prepare = counting;
  return { store: storeOf(async (work) => work(db)), compiled: () => compiled };
}

test('a statement is compiled once, however often its step is taken', async () => {
  const { store, compiled } = atHand();
  for (let index = 0; index < 1_000; index += 1) await store.each(row(NAMES));
  expect(compiled()).toBe(1);
});

test('a text that was asked for as lists gives objects to whoever asks for these', async () => {
  const { store } = atHand();
  await store.each(run(ADD, { name: 'one' }));
  expect(await store.each(lists(NAMES))).toEqual([['one']]);
  expect(await store.each(rows(NAMES))).toEqual([{ name: 'one' }]);
});

test('a list is what its statement makes rows of', async () => {
  const { store } = atHand();
  const text = `SELECT wanted.value FROM ${store.dialect.numbers('ids')}`;
  expect(await store.each(lists(text, { ids: [3, 1, 2] }))).toEqual([[3], [1], [2]]);
});

test('of steps that are taken together and fail nothing stands', async () => {
  const { store } = atHand();
  function* failing(): Steps<void> {
    yield* run(ADD, { name: 'one' });
    throw new Error('in between');
  }
  await expect(store.together(() => failing())).rejects.toThrow('in between');
  expect(await store.each(rows(NAMES))).toEqual([]);
});
