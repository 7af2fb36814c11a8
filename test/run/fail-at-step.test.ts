import { describe, expect, test } from 'vitest';
import type { ChosenFault } from '../simulation/model-provider.js';
import { failingAt, inScenario, LEDGER_FAILURES, Scenario, type Steps } from './fail-at-step.js';

const FINE = { people: 4, duplicates: 0, lost: 0, uncertain: 0 };
const CRASH_IN_THE_MIDDLE = { crashAtStep: 60 };

/** Numbers from 1 to `last`. */
function upTo(last: number, step = 1): readonly number[] {
  return Array.from({ length: Math.ceil(last / step) }, (_, index) => 1 + index * step);
}

async function counted(
  before: (scenario: Scenario) => Promise<void> = async () => undefined,
): Promise<Steps> {
  const scenario = new Scenario();
  try {
    await before(scenario);
    return await scenario.count();
  } finally {
    scenario.close();
  }
}

describe.each(LEDGER_FAILURES)('%s', (code) => {
  test.each([
    ['once', false],
    ['from then on', true],
  ] as const)(
    'at every ledger operation of a run, %s: nobody twice, nobody lost',
    async (_name, fromThenOn) => {
      const { ledger } = await counted();
      expect(ledger).toBeGreaterThan(60);
      for (const nth of upTo(ledger)) {
        const ending = await inScenario((scenario) => scenario.run(failingAt(nth, code, fromThenOn)));
        expect(ending, `operation ${nth}`).toEqual(FINE);
      }
    },
  );

  test('at every ledger operation of the recovery after a crash: nobody twice, nobody lost', async () => {
    const { ledger } = await counted((scenario) => scenario.run(CRASH_IN_THE_MIDDLE));
    for (const nth of upTo(ledger)) {
      const ending = await inScenario(async (scenario) => {
        await scenario.run(CRASH_IN_THE_MIDDLE);
        await scenario.run(failingAt(nth, code, nth % 2 === 0));
      });
      expect(ending, `operation ${nth}`).toEqual(FINE);
    }
  });
});

describe('a crash', () => {
  test('at every awaited step of a run: nobody twice, nobody lost', async () => {
    const { awaited } = await counted();
    expect(awaited).toBeGreaterThan(60);
    for (const step of upTo(awaited)) {
      const ending = await inScenario((scenario) => scenario.run({ crashAtStep: step }));
      expect(ending, `step ${step}`).toEqual(FINE);
    }
  });

  test('again at every awaited step of the recovery: nobody twice, nobody lost', async () => {
    const crash = (scenario: Scenario): Promise<void> => scenario.run(CRASH_IN_THE_MIDDLE);
    const { awaited } = await counted(crash);
    for (const step of upTo(awaited)) {
      const ending = await inScenario(async (scenario) => {
        await crash(scenario);
        await scenario.run({ crashAtStep: step });
      });
      expect(ending, `step ${step}`).toEqual(FINE);
    }
  });

  test('at a step of the run and at a step of what settles it after the settle time', async () => {
    for (const step of upTo(90, 6)) {
      for (const again of upTo(60, 5)) {
        const ending = await inScenario(async (scenario) => {
          await scenario.run({ crashAtStep: step });
          await scenario.world.time.pass(20 * 60_000);
          await scenario.run({ crashAtStep: again });
        });
        expect(ending, `steps ${step} and ${again}`).toEqual(FINE);
      }
    }
  });
});

describe('the network', () => {
  const FAULTS: readonly ChosenFault[] = [
    'not-sent',
    'broken-never',
    'broken-now',
    'broken-later',
    'unclear-never',
    'unclear-now',
    'unclear-later',
  ];

  test.each(FAULTS)(
    '%s at every request, once and from then on: nobody twice, nobody lost',
    async (fault) => {
      for (const nth of upTo(5)) {
        for (const fromThenOn of [false, true]) {
          const ending = await inScenario(async (scenario) => {
            const strikes = (post: number): boolean => post === nth || (fromThenOn && post > nth);
            scenario.world.provider.choose = (post) => (strikes(post) ? fault : null);
            await scenario.run();
          });
          expect(ending, `request ${nth}`).toEqual(FINE);
        }
      }
    },
  );

  test('a page of the list that cannot be had, each in turn: nobody twice, nobody lost', async () => {
    for (const nth of upTo(6)) {
      for (const fromThenOn of [false, true]) {
        const ending = await inScenario(async (scenario) => {
          scenario.world.list.failsAt = (read) => read === nth || (fromThenOn && read > nth);
          scenario.world.provider.choose = (post) => (post % 2 === 0 ? 'broken-later' : null);
          await scenario.run();
          await scenario.world.time.pass(20 * 60_000);
          await scenario.run();
        });
        expect(ending, `page ${nth}`).toEqual(FINE);
      }
    }
  });
});
