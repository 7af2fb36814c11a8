import { describe, expect, test } from 'vitest';
import {
  type ActionFilter,
  MOST_FAILED_LOGINS,
  type NewAction,
  TAKING_OUT,
} from '../../../src/core/ledger/actions.js';
import { WORKSPACE } from '../../support/sends.js';
import { campaignIn, collected, OPERATOR, type OpenLedger } from './ledger-at-hand.js';

/** A moment of today: as a number more than some databases take for one. */
const NOW = 1_790_000_000_000;

const EVERYTHING: ActionFilter = { by: null, campaign: null, since: null, until: null };

function action(over: Partial<NewAction> = {}): NewAction {
  const what = { kind: 'campaign-edited', workspace: WORKSPACE, campaign: 'sale', subject: '' } as const;
  return { ...what, by: 'Ana', at: 1_000, place: 'page', before: null, after: null, ...over };
}

/** The log of what people did. */
export function actions(open: OpenLedger): void {
  describe('the log of actions', () => {
    test('keeps what was done as it was told, the newest first', async () => {
      const { ledger } = await open();
      const edited = action({ before: { rate: '10/s' }, after: { rate: '20/s', list: ['a', 'b'] } });
      const added = action({ kind: 'suppressed', subject: '5198•••••21', by: 'Luis', at: 2_000 });
      await ledger.actions.record(edited);
      await ledger.actions.record(added);
      const page = await ledger.actions.page(EVERYTHING, null, 10);
      expect(page.map(({ id: _, ...rest }) => rest)).toEqual([added, edited]);
    });

    test('knows what took people of a workspace out last, and no other ledger’s', async () => {
      const { ledger } = await open();
      const { actions: log, identity } = ledger;
      await log.record(action({ kind: 'unsuppressed', at: NOW }));
      expect(await identity.lastTakingOut(WORKSPACE)).toBeNull();
      for (const [index, kind] of TAKING_OUT.entries()) {
        const at = NOW + index;
        await log.record(action({ kind, at }));
        await log.record(action({ kind: 'resumed', at: NOW + 100 }));
        await log.record(action({ kind: 'suppressed', at: NOW + 100, workspace: 'other' }));
        const mark = await identity.lastTakingOut(WORKSPACE);
        expect(mark, kind).toEqual({ id: expect.any(Number), at });
        if (mark === null) continue;
        expect(await identity.holdsAction(mark)).toBe(true);
        for (const wrong of [{ id: mark.id + 900 }, { at: at + 1 }])
          expect(await identity.holdsAction({ ...mark, ...wrong })).toBe(false);
      }
      await log.record(action({ kind: 'forgotten', at: NOW + 200, workspace: '' }));
      expect(await identity.lastTakingOut(WORKSPACE)).toMatchObject({ at: NOW + 200 });
    });

    test('is read page by page, and as a whole in order of time', async () => {
      const { ledger } = await open();
      for (let at = 1; at <= 7; at += 1) await ledger.actions.record(action({ at }));
      const first = await ledger.actions.page(EVERYTHING, null, 3);
      const second = await ledger.actions.page(EVERYTHING, first.at(-1)?.id ?? 0, 3);
      const third = await ledger.actions.page(EVERYTHING, second.at(-1)?.id ?? 0, 3);
      const moments = [first, second, third].map((page) => page.map(({ at }) => at));
      expect(moments).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
      const all = (await collected(ledger.actions.all(EVERYTHING))).flat();
      expect(all.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    test('is asked for by person, campaign and time', async () => {
      const { ledger } = await open();
      const told = [
        action({ at: 1 }),
        action({ at: 2, by: 'Luis' }),
        action({ at: 3, campaign: 'other' }),
        action({ at: 4 }),
      ];
      for (const one of told) await ledger.actions.record(one);
      const momentsOf = async (filter: Partial<ActionFilter>) =>
        (await ledger.actions.page({ ...EVERYTHING, ...filter }, null, 10)).map(({ at }) => at);
      expect(await momentsOf({ by: 'Ana' })).toEqual([4, 3, 1]);
      expect(await momentsOf({ campaign: 'sale' })).toEqual([4, 2, 1]);
      expect(await momentsOf({ since: 2, until: 4 })).toEqual([3, 2]);
      expect(await momentsOf({ by: 'Ana', campaign: 'sale', since: 2 })).toEqual([4]);
      expect(await ledger.actions.actors()).toEqual(['Ana', 'Luis']);
    });

    test('a pause, a resume, a cancel and a retry stand in it with what they changed', async () => {
      const { ledger, campaign } = await campaignIn(await open());
      const by = { ...OPERATOR, place: 'page' } as const;
      await ledger.campaigns.pause(campaign.id, by);
      await ledger.campaigns.resume(campaign.id, by);
      await ledger.campaigns.cancel(campaign.id, OPERATOR);
      const all = { status: null, code: null, group: null, failedBefore: null };
      await ledger.campaigns.requeue(campaign.id, { ...all, person: '51987654321' }, OPERATOR);
      const page = await ledger.actions.page(EVERYTHING, null, 10);
      expect(page.map(({ kind, place }) => [kind, place])).toEqual([
        ['retried', 'terminal'],
        ['canceled', 'terminal'],
        ['resumed', 'page'],
        ['paused', 'page'],
      ]);
      const about = { by: 'maria', at: 4_000, workspace: WORKSPACE, campaign: 'sale', before: null };
      expect(page[0]).toMatchObject({ ...about, after: { person: '5198•••••21', deliveries: 0 } });
    });

    test('logins that failed are kept up to a number within an hour, everything else always', async () => {
      const { ledger } = await open();
      for (let count = 0; count < MOST_FAILED_LOGINS + 5; count += 1)
        await ledger.actions.record(action({ kind: 'login-failed', campaign: '', at: NOW + count }));
      await ledger.actions.record(action({ kind: 'logged-in', at: 9_000 }));
      await ledger.actions.record(action({ kind: 'login-failed', at: NOW + 3_700_000 }));
      const all = (await collected(ledger.actions.all(EVERYTHING))).flat();
      expect(all).toHaveLength(MOST_FAILED_LOGINS + 2);
    });

    test.each([
      ['a changed row', "UPDATE actions SET done_by = 'somebody else'"],
      ['a deleted row', 'DELETE FROM actions'],
    ])('refuses %s', async (_what, sql) => {
      const { ledger, rawly } = await open();
      await ledger.actions.record(action());
      await expect(rawly(sql)).rejects.toThrow(/log of actions is never/u);
      expect(await ledger.actions.page(EVERYTHING, null, 10)).toMatchObject([{ by: 'Ana' }]);
    });
  });
}
