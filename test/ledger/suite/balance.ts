import fc from 'fast-check';
import { describe, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import {
  ACCEPTED,
  DEFERRED,
  NOT_SENT,
  REFUSED,
  recipient,
  UNCERTAIN,
  WORKSPACE,
} from '../../support/sends.js';
import {
  campaignIn,
  claimedBy,
  ended,
  expectBalance,
  imported,
  OPERATOR,
  type OpenLedger,
  type Place,
  rejectedRow,
  runIn,
  takenOut,
} from './ledger-at-hand.js';

type Act = (place: Place, step: number) => Promise<unknown>;

const ALL = { status: null, code: null, group: null, person: null, failedBefore: null };
const OUTCOMES = [ACCEPTED, REFUSED, UNCERTAIN, NOT_SENT, DEFERRED];

const person = fc.integer({ min: 0, max: 6 });
const entryOf = (index: number) => {
  const phone = phoneNumber(index);
  return { person: phone, phone, reason: 'asked', source: 'test', expiresAt: null };
};

const rowOf = (index: number | null, at: number) =>
  index === null ? rejectedRow(at + 2) : recipient(index, { line: at + 2 });

/** Everything that moves people from one status to another. */
const ACTS: fc.Arbitrary<Act> = fc.oneof(
  fc.array(fc.oneof(person, fc.constant(null)), { minLength: 1, maxLength: 9 }).map(
    (rows): Act =>
      async (place, step) => {
        // As at every start: what the run before left behind.
        await place.ledger.runs.recover(place.campaign.id, step * 1_000_000);
        await imported(place, rows.map(rowOf), `file ${step}`);
      },
  ),
  fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 4 }).map(
    (outcomes): Act =>
      async (place, step) => {
        const run = await runIn(place);
        // Some are left in flight, as by a run that died.
        for (const [index, delivery] of (await claimedBy(run, 5, step * 1_000_000)).entries()) {
          const outcome = outcomes[index];
          if (outcome !== undefined) await ended(run, delivery, outcome, step * 1_000_000 + 1);
        }
      },
  ),
  fc.constant<Act>(({ ledger, campaign }, step) => ledger.runs.recover(campaign.id, step * 1_000_000 + 2)),
  fc.constant<Act>(({ ledger, campaign }) => ledger.campaigns.cancel(campaign.id, OPERATOR)),
  fc.constant<Act>(({ ledger, campaign }) => ledger.campaigns.resume(campaign.id, OPERATOR)),
  fc.constant<Act>(({ ledger, campaign }) => ledger.campaigns.requeue(campaign.id, ALL, OPERATOR)),
  person.map(
    (one): Act =>
      ({ ledger }) =>
        ledger.lists.add(WORKSPACE, [entryOf(one)], 1),
  ),
  person.map(
    (one): Act =>
      ({ ledger }) =>
        ledger.lists.remove(WORKSPACE, [phoneNumber(one)]),
  ),
  person.map(
    (one): Act =>
      ({ ledger }) =>
        ledger.people.forget(phoneNumber(one), 1),
  ),
  fc.constant<Act>((place, step) => takenOut(place, step * 1_000_000, { count: 1, perMs: 1_500_000 })),
);

/** Nobody is lost and nobody comes to be twice. */
export function balance(open: OpenLedger, numRuns: number): void {
  describe('the counts', () => {
    test('add up to what was imported, whatever happens in whatever order', async () => {
      const place = await campaignIn(await open());
      let campaigns = 0;
      const acts = fc.array(ACTS, { minLength: 1, maxLength: 12, size: 'max' });
      await fc.assert(
        fc.asyncProperty(acts, async (happened) => {
          campaigns += 1;
          const own = await campaignIn(place, { name: `campaign-${campaigns}` });
          await imported(
            own,
            [0, 1, 2].map((one) => recipient(one)),
          );
          for (const [step, act] of happened.entries()) {
            await act(own, campaigns * 100 + step);
            await expectBalance(own);
          }
        }),
        { numRuns },
      );
    });
  });
}
