import { describe, expect, test } from 'vitest';
import type { LaunchEnd, NewLaunch, ProcessMark } from '../../../src/core/ledger/launches.js';
import { WORKSPACE } from '../../support/sends.js';
import type { OpenLedger } from './ledger-at-hand.js';

const SERVER: ProcessMark = { host: 'h', pid: 7, startedAs: 'boot 70' };
const RUN: ProcessMark = { host: 'h', pid: 8, startedAs: 'boot 80' };
const START = { starter: SERVER, log: '/run.log' };
const ENDED: LaunchEnd = { state: 'ended', exitCode: 0, problems: [] };

function launch(key: string, over: Partial<NewLaunch> = {}): NewLaunch {
  const campaign = { workspace: WORKSPACE, name: 'sale', file: '/sale/campaign.yaml', sender: 's' };
  const plan = {
    planDigest: 'd',
    confirmed: 20,
    options: { limit: null, acceptChanges: false, acceptLedger: false },
  };
  return { key, ...campaign, ...plan, by: 'Ana', startAt: null, ...over };
}

/** Runs that are asked for. */
export function launches(open: OpenLedger): void {
  describe('a launch', () => {
    test('is kept as it was asked for, waiting', async () => {
      const { ledger } = await open();
      const asked = launch('a', {
        startAt: 9_000,
        options: { limit: 20, acceptChanges: true, acceptLedger: false },
      });
      expect(await ledger.launches.last(asked)).toBeNull();
      const { kind, launch: entered } = await ledger.launches.ask(asked, 1_000);
      expect([kind, entered]).toEqual([
        'entered',
        {
          ...asked,
          state: 'waiting',
          askedAt: 1_000,
          watchedAt: 1_000,
          starter: null,
          runner: null,
          log: null,
          startedAt: null,
          endedAt: null,
          exitCode: null,
          problems: [],
        },
      ]);
      expect(await ledger.launches.find('a')).toEqual(entered);
      expect(await ledger.launches.open()).toEqual([entered]);
      expect(await ledger.launches.find('b')).toBeNull();
    });

    test('is one for a campaign: the same press is known, another person is shown whose it is', async () => {
      const { ledger, again } = await open();
      await ledger.launches.ask(launch('a'), 1_000);
      const other = await again();
      expect(await other.launches.ask(launch('a', { by: 'Luis' }), 2_000)).toMatchObject({
        kind: 'known',
        launch: { by: 'Ana' },
      });
      expect(await other.launches.ask(launch('b', { by: 'Luis' }), 2_000)).toMatchObject({
        kind: 'open',
        launch: { key: 'a', by: 'Ana', askedAt: 1_000 },
      });
      expect(await ledger.launches.ask(launch('c', { workspace: 'other' }), 2_000)).toMatchObject({
        kind: 'entered',
      });
    });

    test('of two that are asked for at once only one is entered', async () => {
      const { ledger, again } = await open();
      const other = await again();
      const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
      const answers = await Promise.all(
        keys.map((key, index) => (index % 2 === 0 ? ledger : other).launches.ask(launch(key), 1_000)),
      );
      expect(answers.filter(({ kind }) => kind === 'entered')).toHaveLength(1);
      expect(await ledger.launches.open()).toHaveLength(1);
    });

    test('is started once and begun by one process, which ends it', async () => {
      const { ledger } = await open();
      const { launches: at } = ledger;
      await at.ask(launch('a'), 1_000);
      expect(await at.begin('a', RUN)).toBeNull();
      expect(await at.start('a', START, null, 2_000)).toBe(true);
      expect(await at.start('a', START, null, 2_000)).toBe(false);
      expect(await at.find('a')).toMatchObject({
        state: 'starting',
        starter: SERVER,
        log: '/run.log',
        startedAt: 2_000,
      });
      expect(await at.begin('a', RUN)).toMatchObject({ state: 'running', runner: RUN, confirmed: 20 });
      expect(await at.begin('a', { ...RUN, pid: 9 })).toBeNull();
      expect(await at.end('a', 'starting', ENDED, 3_000)).toBe(false);
      expect(await at.end('a', 'running', ENDED, 3_000)).toBe(true);
      expect(await at.end('a', 'running', ENDED, 4_000)).toBe(false);
      expect(await at.last(launch('a'))).toMatchObject({ state: 'ended', endedAt: 3_000, exitCode: 0 });
      expect(await at.open()).toEqual([]);
      expect(await at.ask(launch('b'), 5_000)).toMatchObject({ kind: 'entered' });
      expect(await at.last(launch('b'))).toMatchObject({ key: 'b' });
      await at.ask(launch('c', { name: 'news' }), 6_000);
      expect((await at.newest()).map(({ key }) => key)).toEqual(['b', 'c']);
    });

    test('whose starter is gone is started by the first who finds that out', async () => {
      const { launches: at } = (await open()).ledger;
      await at.ask(launch('a'), 1_000);
      await at.start('a', START, null, 2_000);
      const next = { starter: { ...SERVER, pid: 17 }, log: '/second.log' };
      expect(await at.start('a', next, { ...SERVER, pid: 6 }, 3_000)).toBe(false);
      expect(await at.start('a', next, SERVER, 3_000)).toBe(true);
      expect(await at.start('a', START, SERVER, 3_000)).toBe(false);
      expect(await at.find('a')).toMatchObject({
        starter: next.starter,
        log: '/second.log',
        startedAt: 3_000,
      });
    });

    test('goes back in line, and keeps why it was refused', async () => {
      const { launches: at } = (await open()).ledger;
      await at.ask(launch('a'), 1_000);
      await at.start('a', START, null, 2_000);
      await at.begin('a', RUN);
      expect(await at.putBack('a', 2_500)).toBe(true);
      expect(await at.find('a')).toMatchObject({
        state: 'waiting',
        starter: null,
        runner: null,
        watchedAt: 2_500,
      });
      expect(await at.putBack('a', 2_600)).toBe(false);
      const refused: LaunchEnd = {
        state: 'refused',
        exitCode: 2,
        problems: [{ code: 'plan.changed-since' }],
      };
      expect(await at.end('a', 'waiting', refused, 3_000)).toBe(true);
      expect(await at.find('a')).toMatchObject({ state: 'refused', exitCode: 2, problems: refused.problems });
    });

    test('that has not begun is watched over; one that goes on is not', async () => {
      const { launches: at } = (await open()).ledger;
      await at.ask(launch('a'), 1_000);
      for (const key of ['b', 'c']) {
        await at.ask(launch(key, { name: key }), 1_000);
        await at.start(key, START, null, 2_000);
      }
      await at.begin('c', RUN);
      await at.watched(['a', 'b', 'c'], 7_000);
      expect((await at.open()).map(({ watchedAt }) => watchedAt)).toEqual([7_000, 7_000, 1_000]);
    });
  });
}
