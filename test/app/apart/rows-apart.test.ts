import { expect, test } from 'vitest';
import { RowsApart } from '../../../src/app/apart/rows-apart.js';
import { appAt } from '../../support/app-at-hand.js';
import { cliPlace } from '../../support/run-cli.js';

const ASKED = { campaign: 'sale', sandbox: false };
const WHY = { kind: 'why', asked: ASKED, line: 2 } as const;
/** Answers the first question with its own number, and dies of the second. */
const DIES = `
let asked = 0;
process.stdin.on('data', (text) => {
  asked += 1;
  if (asked === 2) { console.error('out of memory'); process.exit(7); }
  const { id } = JSON.parse(text);
  console.log(JSON.stringify({ id, answer: { kind: 'answer', answer: process.pid } }));
});`;

test('a process that dies is told, with what it complained of, and the next question has a new one', async () => {
  const rows = new RowsApart({ program: [process.execPath, '-e', DIES], env: {} }, appAt(cliPlace()));
  const first = await rows.ask(WHY, 'en');
  await expect(rows.ask(WHY, 'en')).rejects.toMatchObject({
    problems: [{ code: 'work.ended-early', params: { detail: 'out of memory' } }],
  });
  const next = await rows.ask(WHY, 'en');
  expect([typeof first, typeof next, first === next]).toEqual(['number', 'number', false]);
  await rows.close();
});
