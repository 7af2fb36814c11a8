import { describe, expect, test } from 'vitest';
import type { NewAction } from '../../../src/core/ledger/actions.js';
import type { ApprovalRecord, NewApproval } from '../../../src/core/ledger/approvals.js';
import type { Ledger } from '../../../src/core/ledger/ledger.js';
import { problemsOf, unwrapped } from '../../support/results.js';
import { WORKSPACE } from '../../support/sends.js';
import type { OpenLedger } from './ledger-at-hand.js';

const SALE = { workspace: WORKSPACE, name: 'sale' };
const APPROVED = { state: 'approved', reason: '' } as const;
const WITHDRAWN = { state: 'withdrawn', reason: '' } as const;

function wanted(over: Partial<NewApproval> = {}): NewApproval {
  return { workspace: WORKSPACE, campaign: 'sale', planDigest: 'd1', people: 20, note: '', ...over };
}

function edited(by: string, at = 500): NewAction {
  const facts = { workspace: '', campaign: 'sale', subject: '', before: null, after: null } as const;
  return { kind: 'campaign-edited', by, at, place: 'page', ...facts };
}

async function asked(ledger: Ledger, by = 'Ana', over: Partial<NewApproval> = {}): Promise<ApprovalRecord> {
  return unwrapped(await ledger.approvals.ask(wanted(over), { by, at: 1_000, place: 'page' }));
}

async function kindsIn(ledger: Ledger): Promise<readonly string[]> {
  const all = { by: null, campaign: 'sale', since: null, until: null };
  return (await ledger.actions.page(all, null, 99)).map(({ kind, by }) => `${kind} ${by}`).reverse();
}

/** Approval by a second person. */
export function approvals(open: OpenLedger): void {
  describe('an approval', () => {
    test('is needed where somebody said so, which the log tells once', async () => {
      const { ledger } = await open();
      expect(await ledger.approvals.isRequired()).toBe(false);
      await ledger.approvals.setRequired(true, { by: 'Ada', at: 1, place: 'page' });
      await ledger.approvals.setRequired(true, { by: 'Ada', at: 2, place: 'page' });
      expect(await ledger.approvals.isRequired()).toBe(true);
      await ledger.approvals.setRequired(false, { by: 'Ada', at: 3 });
      const all = { by: null, campaign: null, since: null, until: null };
      expect(await ledger.actions.page(all, null, 9)).toMatchObject([
        { at: 3, place: 'terminal', before: { approval: 'required' }, after: { approval: 'off' } },
        { kind: 'settings-changed', at: 1, by: 'Ada', before: { approval: 'off' } },
      ]);
    });

    test('is open with everybody who had a hand in it, until another person answers', async () => {
      const { ledger } = await open();
      await ledger.actions.record(edited('Luis'));
      const approval = await asked(ledger, 'Ana', { note: 'please' });
      expect(approval).toMatchObject({
        state: 'open',
        preparers: ['Ana', 'Luis'],
        note: 'please',
        people: 20,
      });
      expect(await ledger.approvals.open()).toEqual([approval]);
      for (const by of ['Ana', 'Luis'])
        expect(problemsOf(await ledger.approvals.answer(approval.id, APPROVED, { by, at: 2 }))).toEqual([
          { code: 'approval.own' },
        ]);
      const given = unwrapped(await ledger.approvals.answer(approval.id, APPROVED, { by: 'Eva', at: 2_000 }));
      expect(given).toMatchObject({ state: 'approved', answeredBy: 'Eva', answeredAt: 2_000 });
      expect(await ledger.approvals.last(SALE)).toEqual(given);
      expect(await ledger.approvals.open()).toEqual([]);
      expect(await kindsIn(ledger)).toEqual([
        'campaign-edited Luis',
        'approval-asked Ana',
        'approval-approved Eva',
      ]);
    });

    test('is returned with a reason, and asked for again', async () => {
      const { ledger } = await open();
      const { id } = await asked(ledger);
      const answer = { state: 'returned', reason: 'the price is wrong' } as const;
      unwrapped(await ledger.approvals.answer(id, answer, { by: 'Eva', at: 2 }));
      expect(await ledger.approvals.last(SALE)).toMatchObject({ state: 'returned', reason: answer.reason });
      expect(await asked(ledger)).toMatchObject({ state: 'open' });
    });

    test('is taken back by who asked, and by nobody else; then nobody can answer it', async () => {
      const { ledger } = await open();
      const { id } = await asked(ledger);
      expect(problemsOf(await ledger.approvals.answer(id, WITHDRAWN, { by: 'Eva', at: 2 }))).toEqual([
        { code: 'approval.not-yours', params: { by: 'Ana' } },
      ]);
      unwrapped(await ledger.approvals.answer(id, WITHDRAWN, { by: 'Ana', at: 2 }));
      expect(await ledger.approvals.answer(id, APPROVED, { by: 'Eva', at: 3 })).toMatchObject({ ok: false });
      expect(await ledger.approvals.last(SALE)).toMatchObject({ state: 'withdrawn' });
    });

    test('of two who answer at once one does, and the other is told who', async () => {
      const { ledger, again } = await open();
      const other = await again();
      const { id } = await asked(ledger);
      const answers = await Promise.all([
        ledger.approvals.answer(id, APPROVED, { by: 'Eva', at: 2 }),
        other.approvals.answer(id, APPROVED, { by: 'Eve', at: 2 }),
      ]);
      const given = await ledger.approvals.last(SALE);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.flatMap((answer) => (answer.ok ? [] : answer.problems))).toEqual([
        { code: 'approval.answered', params: { by: given?.answeredBy } },
      ]);
    });

    test('of two who ask at once for the same plan one does', async () => {
      const { ledger, again } = await open();
      const other = await again();
      // Many times: what comes between the steps of the other one comes rarely.
      for (let round = 0; round < 20; round += 1) {
        const approval = wanted({ campaign: `sale ${round}` });
        const both = await Promise.all([
          ledger.approvals.ask(approval, { by: 'Ana', at: 1 }),
          other.approvals.ask(approval, { by: 'Luis', at: 1 }),
        ]);
        expect(both.filter(({ ok }) => ok)).toHaveLength(1);
        expect(await ledger.approvals.open()).toHaveLength(round + 1);
      }
    });

    test.each(['open', 'approved'] as const)(
      'that is %s is void once the campaign is edited',
      async (state) => {
        const { ledger } = await open();
        const { id } = await asked(ledger);
        if (state === 'approved')
          unwrapped(await ledger.approvals.answer(id, APPROVED, { by: 'Eva', at: 2 }));
        await ledger.actions.record(edited('Luis'));
        expect(await ledger.approvals.last(SALE)).toMatchObject({ state: 'voided' });
        expect((await kindsIn(ledger)).slice(-2)).toEqual(['campaign-edited Luis', 'approval-voided Luis']);
        expect(await ledger.approvals.answer(id, APPROVED, { by: 'Eva', at: 3 })).toMatchObject({
          ok: false,
        });
      },
    );

    test('of another plan is void once a new one is asked for; of the same plan there is one', async () => {
      const { ledger } = await open();
      await asked(ledger);
      expect(problemsOf(await ledger.approvals.ask(wanted(), { by: 'Luis', at: 2 }))).toEqual([
        { code: 'approval.open', params: { by: 'Ana' } },
      ]);
      await asked(ledger, 'Luis', { planDigest: 'd2' });
      expect(await ledger.approvals.open()).toMatchObject([{ planDigest: 'd2', preparers: ['Ana', 'Luis'] }]);
      expect(await kindsIn(ledger)).toContain('approval-voided Luis');
    });

    test('that a change took back is not for whoever made that change, also where it began to before it was given', async () => {
      const { ledger, rawly } = await open();
      const first = await asked(ledger, 'Ana');
      unwrapped(await ledger.approvals.answer(first.id, APPROVED, { by: 'Eva', at: 3 }));
      // His change has the earlier place, and waited for Eva: what it voided stands behind her word.
      await rawly(
        `INSERT INTO actions (kind, done_by, done_at, place, workspace, campaign, subject)
         VALUES ('approval-voided', 'Luis', 4, 'page', '${WORKSPACE}', 'sale', '')`,
      );
      expect(await ledger.approvals.preparers(SALE)).toEqual(['Luis']);
    });

    test('counts preparers from the last one that was given, workspace by workspace', async () => {
      const { ledger } = await open();
      await ledger.actions.record(edited('Luis'));
      const { id } = await asked(ledger);
      unwrapped(await ledger.approvals.answer(id, APPROVED, { by: 'Eva', at: 2 }));
      expect(await ledger.approvals.preparers(SALE)).toEqual([]);
      expect(await ledger.approvals.preparers({ ...SALE, workspace: 'other' })).toEqual(['Ana', 'Luis']);
      await ledger.actions.record(edited('Zoe'));
      expect(await ledger.approvals.preparers(SALE)).toEqual(['Zoe']);
    });

    test.each([
      [
        'an answer of who asked',
        "UPDATE approvals SET state = 'approved', answered_by = 'Ana', answered_at = 2",
        /another person/u,
      ],
      [
        'an answer of a preparer',
        "UPDATE approvals SET state = 'approved', answered_by = 'Luis', answered_at = 2",
        /another person/u,
      ],
      [
        'one that is entered with the answer of a preparer',
        `INSERT INTO approvals (workspace, campaign, plan_digest, people, note, asked_by, asked_at, preparers, state, answered_by, answered_at)
        VALUES ('w', 'c', 'd', 1, '', 'Ana', 1, '["Ana","Luis"]', 'approved', 'Luis', 2)`,
        /another person/u,
      ],
      ['an approval by nobody', "UPDATE approvals SET state = 'approved'", /check/iu],
      ['another plan', "UPDATE approvals SET plan_digest = 'other'", /answered once/u],
      ['a state that does not exist', "UPDATE approvals SET state = 'maybe'", /check/iu],
      ['to delete one', 'DELETE FROM approvals', /never deleted/u],
      [
        'a second open one',
        `INSERT INTO approvals (workspace, campaign, plan_digest, people, note, asked_by, asked_at, preparers)
        SELECT workspace, campaign, 'other', 1, '', 'Zoe', 1, '[]' FROM approvals`,
        /unique/iu,
      ],
    ])('refuses by itself %s', async (_what, sql, message) => {
      const { ledger, rawly } = await open();
      await ledger.actions.record(edited('Luis'));
      await asked(ledger);
      await expect(rawly(sql)).rejects.toThrow(message);
    });

    test('that was answered is not answered anew past the port', async () => {
      const { ledger, rawly } = await open();
      const { id } = await asked(ledger);
      unwrapped(await ledger.approvals.answer(id, { state: 'returned', reason: 'no' }, { by: 'Eva', at: 2 }));
      await expect(rawly("UPDATE approvals SET state = 'approved'")).rejects.toThrow(/answered once/u);
    });
  });
}
