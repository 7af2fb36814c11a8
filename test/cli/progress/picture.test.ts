import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/app/send/progress-tally.js';
import { plainLine } from '../../../src/cli/progress/lines.js';
import { picture } from '../../../src/cli/progress/picture.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { loadTranslate } from '../../../src/cli/translate.js';

const NOW: Progress = {
  total: 2000,
  done: 500,
  accepted: 480,
  refused: 15,
  uncertain: 5,
  skipped: 12,
  inFlight: 3,
  ratePerSecond: 19.6,
  pace: { limitPerSecond: 20, currentPerSecond: 20, pausedUntilMs: null },
  pausedMs: 0,
  leftMs: 75_000,
  wait: null,
  reading: null,
  phase: 'going-on',
  lastError: null,
};
const ERROR: Progress['lastError'] = {
  outcome: 'refused',
  reason: 'not-on-whatsapp',
  answer: {
    httpStatus: 200,
    errorCode: '131026',
    errorMessage: '(#131026) Message 漢字\u001b[2J undeliverable',
  },
};

async function drawn(
  changes: Partial<Progress>,
  columns = 80,
  language: 'en' | 'es' = 'en',
): Promise<readonly string[]> {
  const terminal = { columns: () => columns, liveColours: pc.createColors(false) } as Terminal;
  return picture({ ...NOW, ...changes }, { translate: await loadTranslate(language), terminal });
}

describe('the live view', () => {
  it('shows bar, counts, rate against the limit and time left', async () => {
    expect(await drawn({})).toEqual([
      `${'█'.repeat(10)}${'░'.repeat(30)} 25%  500 of 2,000`,
      'accepted 480 · refused 15 · uncertain 5 · skipped 12',
      '20/s of 20/s  1 min 15 s left',
    ]);
  });

  it('names what the run waits for, and until when', async () => {
    const untilAt = Date.now() + 3 * 3_600_000;
    const wait = { code: 'wait.window', params: { until: untilAt }, untilAt } as const;
    expect((await drawn({ wait })).at(-1)).toMatch(/waiting: window opens .+\((?:3 h|2 h 59 min.*)\)/u);
  });

  it('says that the provider slowed the run down, or asked for a pause', async () => {
    const pace = { limitPerSecond: 20, currentPerSecond: 5, pausedUntilMs: null };
    expect((await drawn({ pace })).join('\n')).toContain('20/s of 20/s, slowed by the provider to 5/s');
    const crawl = { ...pace, currentPerSecond: 0.04 };
    expect((await drawn({ pace: crawl })).join('\n')).toContain('slowed by the provider to 0.04/s');
    expect((await drawn({ pausedMs: 30_000 })).join('\n')).toContain('the provider asks for a pause (30 s)');
  });

  it('says the last error in words, with what the provider said, and nothing that moves the cursor', async () => {
    const last = (await drawn({ lastError: ERROR }, 120)).at(-1) ?? '';
    expect(last).toContain('The number cannot get WhatsApp messages (131026: Message 漢字');
    expect(last).not.toContain('\u001b');
  });

  it('counts what is in flight while it stops', async () => {
    expect((await drawn({ phase: 'stopping' })).join('\n')).toContain('stopping: 3 in flight');
  });

  it.each([20, 40, 60, 80, 200])('fits into %i columns, in both languages', async (columns) => {
    for (const language of ['en', 'es'] as const) {
      const widths = (await drawn({ lastError: ERROR }, columns, language)).map((line) => stringWidth(line));
      expect(Math.max(...widths)).toBeLessThan(Math.max(columns, 21));
    }
  });
});

describe('a plain line of progress', () => {
  it('says the same on one line', async () => {
    expect(plainLine(NOW, await loadTranslate('en'))).toBe(
      '500 of 2,000 · accepted 480 · refused 15 · uncertain 5 · 20/s · 1 min 15 s left',
    );
  });

  it('says why it takes longer: the slower pace, the pause, and the last problem', async () => {
    const pace = { limitPerSecond: 20, currentPerSecond: 2, pausedUntilMs: 60_000 };
    const answer = { httpStatus: 429, errorCode: null, errorMessage: 'Too many requests' };
    const lastError = { outcome: 'deferred', reason: null, answer } as const;
    expect(plainLine({ ...NOW, pace, pausedMs: 60_000, lastError }, await loadTranslate('en'))).toBe(
      '500 of 2,000 · accepted 480 · refused 15 · uncertain 5 · 20/s · waiting: the provider asks for a pause (1 min)' +
        ' · 20/s of 20/s, slowed by the provider to 2/s · last problem: The provider asked to try again later (HTTP 429: Too many requests)',
    );
  });
});
