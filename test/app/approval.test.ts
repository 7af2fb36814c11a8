import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { answerApproval, askApproval } from '../../src/app/approval/ask-approval.js';
import { lookAtApproval, requireApprovals } from '../../src/app/approval/look-at-approval.js';
import { withLedger } from '../../src/app/open-ledger.js';
import { workspaceFingerprint } from '../../src/app/workspace.js';
import { ok } from '../../src/core/problem.js';
import { ACTS_FOR_VARIABLE } from '../../src/core/team/actor.js';
import { VOID_APPROVALS } from '../../src/ledger/sql/approvals.js';
import { countExecutions } from '../sandbox/read-log.js';
import { appAt } from '../support/app-at-hand.js';
import { unwrapped } from '../support/results.js';
import { type SendingPlace, sendingPlace, WORKSPACE } from '../support/sending-place.js';
import { sentByApp } from '../support/sent-by-app.js';

const SALE = { workspace: workspaceFingerprint(WORKSPACE), name: 'sale' };

function as(name: string): Readonly<Record<string, string>> {
  return { [ACTS_FOR_VARIABLE]: name };
}

async function needing(people = 3): Promise<SendingPlace> {
  const place = await sendingPlace(people);
  unwrapped(await requireApprovals(true, appOf(place, 'Ada')));
  return place;
}

function appOf(place: SendingPlace, operator: string) {
  return appAt(place, place.environment, { operator, place: 'page' });
}

async function digestOf(place: SendingPlace): Promise<string> {
  const { stdout } = await place.json(['check', 'sale']);
  return (JSON.parse(stdout) as { planDigest: string }).planDigest;
}

function otherThan(digest: string): string {
  return digest.replace(/.$/u, (last) => (last === '0' ? '1' : '0'));
}

/** Ana asks, and Eva approves what is there. */
async function approved(place: SendingPlace): Promise<string> {
  const planDigest = await digestOf(place);
  const asked = { campaign: 'sale', planDigest, people: 3, note: '' };
  const { id } = unwrapped(await askApproval(asked, appOf(place, 'Ana')));
  unwrapped(await answerApproval(id, { state: 'approved', reason: '' }, planDigest, appOf(place, 'Eva')));
  return planDigest;
}

test('without an approval nothing is sent: one sentence says what to do, and the exit code is 2', async () => {
  const place = await needing();
  for (const words of [
    ['send', 'sale', '--yes'],
    ['send', 'sale', '--yes', '--detach'],
  ]) {
    const run = await place.run(words, as('Eva'));
    expect(run).toMatchObject({ code: 2 });
    expect(run.said).toContain('needs the approval of a second person');
  }
  expect(countExecutions(place.logFile)).toBe(0);
});

test('check foretells it, and check, test and the sandbox are not held up', async () => {
  const place = await needing();
  expect((await place.run(['check', 'sale'])).said).toContain('needs the approval of a second person');
  expect(await place.run(['send', 'sale', '--sandbox'])).toMatchObject({ code: 0 });
  expect(await place.run(['test', 'sale', '--to', '+51987654321', '--yes'])).toMatchObject({ code: 0 });
});

test('what another person approved is sent by one who had no hand in it, in parts, too', async () => {
  const place = await needing();
  await approved(place);
  const own = await place.run(['send', 'sale', '--yes'], as('Ana'));
  expect(own).toMatchObject({ code: 2 });
  expect(own.said).toContain('another person sends it');
  expect(await place.run(['send', 'sale', '--yes', '--limit', '2'], as('Eva'))).toMatchObject({ code: 0 });
  expect(await place.run(['send', 'sale', '--yes'], as('Luis'))).toMatchObject({ code: 0 });
  expect(countExecutions(place.logFile)).toBe(3);
});

test.each([
  ['the list', 'sale/recipients.csv', (text: string) => `${text}51999999999,Zoe\n`, 'recipients file'],
  [
    'the settings',
    'sale/campaign.yaml',
    (text: string) => `${text}\nconcurrency: 3\n`,
    'a setting of the campaign',
  ],
])('an approval is void once %s was changed, with any program', async (_what, file, change, says) => {
  const place = await needing();
  const digest = await approved(place);
  place.write(file, change(place.read(file)));
  const run = await place.run(['send', 'sale', '--yes'], as('Eva'));
  expect(run).toMatchObject({ code: 2 });
  expect(run.said).toContain('approval of this campaign is void');
  expect(run.said.toLowerCase()).toContain(says);
  expect(countExecutions(place.logFile)).toBe(0);
  expect(await digestOf(place)).not.toBe(digest);
});

test('what is void by the time that a busy ledger is free is not sent, although it stood when that was waited for', async () => {
  const place = await needing();
  await approved(place);
  const other = new Database(place.ledger);
  onTestFinished(() => void other.close());
  const sleep = async (): Promise<void> => {
    if (!other.inTransaction) return;
    other.prepare(VOID_APPROVALS).all({ campaign: 'sale', workspace: '' });
    other.exec('COMMIT');
  };
  const app = appOf(place, 'Eva');
  const sent = await sentByApp({ ...app, clock: { ...app.clock, sleep } }, async () => {
    other.exec('BEGIN IMMEDIATE');
    return true;
  });
  expect(sent.end).toMatchObject({ kind: 'unusable', problems: [{ code: 'approval.void' }] });
  expect(countExecutions(place.logFile)).toBe(0);
});

test('a rate that was not approved is not sent at, and leaves the approval as it is', async () => {
  const place = await needing();
  await approved(place);
  expect(await place.run(['send', 'sale', '--yes', '--rate', '1/s'], as('Eva'))).toMatchObject({ code: 2 });
  expect(await place.run(['send', 'sale', '--yes'], as('Eva'))).toMatchObject({ code: 0 });
});

test('an answer is about what was looked at', async () => {
  const place = await needing();
  const planDigest = await digestOf(place);
  const asked = { campaign: 'sale', planDigest, people: 3, note: 'call +51 987 654 321' };
  const { id, note } = unwrapped(await askApproval(asked, appOf(place, 'Ana')));
  expect(note).toBe('call +5198•••••21');
  const eva = appOf(place, 'Eva');
  const answer = { state: 'approved', reason: '' } as const;
  expect(await answerApproval(id, answer, otherThan(planDigest), eva)).toMatchObject({ ok: false });
  const plan = { digest: planDigest, digestWithoutText: planDigest };
  const look = unwrapped(await lookAtApproval(SALE, plan, eva));
  expect(look).toMatchObject({ required: true, own: false, stand: { kind: 'open' } });
  expect(unwrapped(await lookAtApproval(SALE, plan, appOf(place, 'Ana'))).own).toBe(true);
});

test('what was approved before the template’s text was known stands with it, and what was only asked for does not', async () => {
  const place = await needing();
  const planDigest = await digestOf(place);
  const known = { digest: otherThan(planDigest), digestWithoutText: planDigest };
  const asked = { campaign: 'sale', planDigest, people: 3, note: '' };
  const { id } = unwrapped(await askApproval(asked, appOf(place, 'Ana')));
  const eva = appOf(place, 'Eva');
  expect(unwrapped(await lookAtApproval(SALE, known, eva)).stand.kind).toBe('void');
  unwrapped(await answerApproval(id, { state: 'approved', reason: '' }, planDigest, eva));
  expect(unwrapped(await lookAtApproval(SALE, known, eva)).stand.kind).toBe('approved');
});

test('a retry of what is not approved puts nobody back', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--yes']);
  unwrapped(await requireApprovals(true, appOf(place, 'Ada')));
  const run = await place.run(['retry', 'sale', '--yes'], as('Eva'));
  expect(run).toMatchObject({ code: 2 });
  const kinds = await withLedger(appOf(place, 'Ada'), 'read', async ({ actions }) => {
    const all = await actions.page({ by: null, campaign: null, since: null, until: null }, null, 99);
    return ok(all.map(({ kind, by }) => `${kind} ${by}`).reverse());
  });
  expect(unwrapped(kinds).at(-1)).toBe('settings-changed Ada');
});
