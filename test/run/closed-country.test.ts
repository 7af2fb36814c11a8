import { expect, test } from 'vitest';
import type { Schedule } from '../../src/core/campaign.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { ScheduleGate } from '../../src/run/schedule-gate.js';
import { virtualRun } from '../support/virtual-run.js';

const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
/** WhatsApp's pair limit: the same person again in six seconds. */
const NOT_SO_FAST: Outcome = {
  kind: 'deferred',
  scope: 'person',
  throttled: true,
  retryAfterMs: null,
  answer: NO_ANSWER,
};
const HOUR_MS = 60 * 60_000;
const NINE_TO_EIGHT: Schedule = {
  notBefore: null,
  window: { fromMinute: 9 * 60, toMinute: 20 * 60 },
  days: [1, 2, 3, 4, 5, 6, 7],
  timezone: 'recipient',
};

/** A clock that shows 20:00 in Spain a second after `beganAt`, when it is 14:00 in Peru. */
function zonesAt(beganAt: number) {
  const dayMs = 24 * HOUR_MS;
  const spainMs = 20 * HOUR_MS - ((beganAt + 1_000) % dayMs);
  return {
    offsetMsAt: (zone: string) => (zone === 'ES' ? spainMs : spainMs - 6 * HOUR_MS),
    zonesOf: (country: string) => [country],
  };
}

test('who is out while the window closes, and is to be tried again, waits until it opens', async () => {
  const sentTo: string[] = [];
  const { end, counts } = await virtualRun({
    // One in Spain, who is answered two seconds after she was sent to, and ten in Peru, one a second.
    people: 11,
    ratePerSecond: 1,
    countries: ['ES', ...Array.from({ length: 10 }, () => 'PE')],
    latencyMs: (atMs) => (atMs < 500 ? 2_000 : 0),
    answer: ({ country }) => {
      sentTo.push(country);
      return country === 'ES' ? NOT_SO_FAST : ACCEPTED;
    },
    gates: (beganAt, ledger) => [
      new ScheduleGate({
        schedule: NINE_TO_EIGHT,
        campaignCountry: null,
        zones: zonesAt(beganAt),
        ledger,
        noWait: true,
      }),
    ],
  });
  expect(sentTo.filter((country) => country === 'ES')).toHaveLength(1);
  expect(counts).toMatchObject({ accepted: 10, pending: 1 });
  expect(end.halt).toMatchObject({ code: 'halt.window' });
});
