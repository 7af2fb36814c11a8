import { afterEach, describe, expect, test, vi } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import { formatFor, ownZone } from '../../src/markup/format.js';
import { htmlReport } from '../../src/report/html.js';
import { xlsxReport } from '../../src/report/xlsx.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { translateIn } from '../support/said.js';
import { bytesOf, sheetsOf } from '../support/xlsx-reading.js';
import { MORNING, rowWith, sourceOf, summaryWith } from './support.js';

const OFFSETS = [
  ['PET5', '-05:00', '09:00'],
  ['IST-5', '+05:00', '19:00'],
] as const;

/** How `TZ` may be written, and what a clock shows there at 14:00 UTC. Windows knows zones by name alone. */
const WRITTEN = [
  ['', 'UTC', '14:00'],
  ...(ON_WINDOWS ? [] : OFFSETS),
  ['Not/AZone', 'UTC', '14:00'],
  ['America/Lima', 'America/Lima', '09:00'],
] as const;

afterEach(() => void vi.unstubAllEnvs());

describe.each(WRITTEN)('where TZ is "%s"', (written, zone, clock) => {
  test(`the zone of this machine is ${zone}`, () => {
    vi.stubEnv('TZ', written);
    expect(ownZone()).toBe(zone);
    expect(formatFor('es', ownZone()).clock(MORNING)).toBe(clock);
  });

  test('a report without a zone of its own is written, and says in which it is', async () => {
    vi.stubEnv('TZ', written);
    const summary = summaryWith({ timeZone: null, generatedAt: MORNING });
    const page = htmlReport(summary, translateIn('en'), 'en').replaceAll(/(?:<[^>]+>|\s)+/gu, ' ');
    expect(page).toContain(`As of Mar 21, 2026, ${clock}`);
    const source = { ...sourceOf([], [rowWith()]), summary: async () => summary };
    const options = { statuses: null, replies: () => MORNING, offsetMsAt: ianaZones().offsetMsAt };
    const [deliveries] = await sheetsOf(await bytesOf(xlsxReport(source, translateIn('en'), 'en', options)));
    const [header = [], row = []] = deliveries?.rows ?? [];
    const column = header.findIndex((name) => name?.includes(`(${zone})`) === true);
    expect(column).toBeGreaterThan(-1);
    const shown = Date.parse(`2026-03-21T${clock}Z`) / 86_400_000 + 25_569;
    expect(row).toContain(String(shown));
  });
});
