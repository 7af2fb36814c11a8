import { expect, it } from 'vitest';
import { ProviderClock } from '../../../src/providers/plazbot/sender.js';

const NOON = Date.UTC(2026, 2, 21, 12);

it('the provider’s clock is told by the date of an answer, half a second being the likeliest rest', () => {
  const clock = new ProviderClock();
  expect(clock.offsetMs).toBeNull();
  clock.hear(null, NOON);
  clock.hear('yesterday', NOON);
  expect(clock.offsetMs).toBeNull();
  clock.hear(new Date(NOON + 60_000).toUTCString(), NOON + 100);
  expect(clock.offsetMs).toBe(60_400);
  clock.hear(new Date(NOON + 60_000).toUTCString(), NOON + 900);
  expect(clock.offsetMs).toBe(60_400);
  clock.hear(new Date(NOON).toUTCString(), NOON);
  expect(clock.offsetMs).toBe(500);
});
