import { describe, expect, test } from 'vitest';
import { countsOf } from '../../src/core/counts.js';
import type { ReportSummary } from '../../src/core/report-data.js';
import { htmlReport } from '../../src/report/html.js';
import { rawIn } from '../security/hostile-strings.js';
import { enormousSummary, hostileSummary } from '../security/hostile-summaries.js';
import { translateIn } from '../support/said.js';
import { MORNING, summaryWith } from './support.js';

function report(summary: ReportSummary, language: 'en' | 'es' = 'en'): string {
  return htmlReport(summary, translateIn(language), language, { timeZone: 'America/Lima' });
}

/** What a person reads, without the markup. */
function textIn(page: string): string {
  const body = page.slice(page.indexOf('<body>')).replace(/<[^>]+>/gu, ' ');
  return body.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replace(/\s+/gu, ' ');
}

const NOTHING: Partial<ReportSummary> = {
  counts: countsOf({}, 0),
  runs: [],
  timeline: [],
  reasons: [],
  countries: [],
  attempts: [],
  latency: null,
  rejections: [],
  cost: null,
  replies: null,
};

describe('the page', () => {
  const page = report(summaryWith());

  test('needs nothing but itself: no script, no address, nothing to load', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|@import|url\((?!#)/iu);
    expect(page.match(/https?:\/\/[^"' <]+/gu) ?? []).toEqual([]);
  });

  test('is the same for the same summary, although the chart library counts its drawings', () => {
    expect(report(summaryWith())).toBe(page);
  });

  test('shows the whole message of the first row, where its text is known', () => {
    const shown = /<section id="message"[\s\S]*?<\/section>/u.exec(page)?.[0] ?? '';
    expect(shown).toContain('Hola Ana:\n\nsu descuento es de *10 %*.');
    expect(textIn(page)).toContain('document: oferta.pdf');
    expect(textIn(page)).toContain(
      'With the values of the first row of the file (line 2), by the text that the provider told.',
    );
    expect(shown.indexOf('Responda BAJA')).toBeGreaterThan(shown.indexOf('su descuento'));
    expect(shown).toMatch(/<li><bdi class="foreign">Ver oferta<\/bdi><\/li>/u);
    expect(report(summaryWith({ message: null }))).not.toContain('id="message"');
  });

  test('has no id twice', () => {
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/gu), (match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says when and in which zone', () => {
    expect(textIn(page)).toContain('As of Mar 21, 2026, 10:00');
    expect(textIn(page)).toContain('All times are in Peru Standard Time (GMT-5).');
  });

  test('is in the campaign’s zone where nobody asked for another', () => {
    const summary = summaryWith({ timeZone: 'America/Mexico_City' });
    expect(textIn(htmlReport(summary, translateIn('en'), 'en'))).toContain('As of Mar 21, 2026, 09:00');
  });

  test('speaks the language of its reader in words, numbers, dates and countries', () => {
    const unsaid = summaryWith().reasons.map((entry) => ({ ...entry, errorMessage: null }));
    const runs = [
      { startedAt: MORNING, endedAt: MORNING, ratePerSecond: 20, halted: null, ending: 'finished' as const },
    ];
    const spanish = textIn(report(summaryWith({ reasons: unsaid, runs }), 'es'));
    expect(spanish).toContain('Se aceptó el envío a 21,840 de 23,105 destinatarios: 94.5%.');
    expect(spanish).toContain('21 mar 2026, 09:00');
    expect(spanish).toContain('España');
    expect(spanish).not.toMatch(/\b(?:the|and|with|accepted|minutes)\b/u);
  });
});

describe('what it says', () => {
  const text = textIn(report(summaryWith()));

  test('the headline counts, refused and given up together', () => {
    expect(text).toMatch(
      /Accepted 21,840 .*Refused 951 .*Uncertain 12 .*Skipped 302 .*Repeated rows 116 rows .*Rejected rows 86/u,
    );
  });

  test('each reason with the provider’s words and what to do', () => {
    expect(text).toContain('WhatsApp holds back marketing to this person for now');
    expect(text).toContain('Wait at least 24 hours');
    expect(text).toContain('131049');
  });

  test('the limits that held', () => {
    expect(text).toContain('Limit: 900–1,200 per minute');
  });

  test('which values were repaired, where any were', () => {
    const row = { line: 7, phone: '51987654321', variables: ['body.1', 'header.1'] };
    const page = textIn(report(summaryWith({ repaired: { count: 51, first: [row] } })));
    expect(page).toContain('Repaired values');
    expect(page).toMatch(/7 51987654321 body\.1, header\.1 .*The first 1 of 51 rows\./u);
    expect(textIn(report(summaryWith({ repaired: { count: 0, first: [] } })))).not.toContain('Repaired');
  });

  test('what is left to do, with the command', () => {
    expect(text).toContain('For 12 recipients it is not known whether the message went out');
    expect(text).toContain('plazcast reconcile spring-sale-2026');
  });

  test('a campaign without a problem says that nothing is left to do', () => {
    const done = summaryWith({
      counts: countsOf({ accepted: 10, skipped: 1 }, 0),
      reasons: [],
      rejections: [],
    });
    expect(textIn(report(done))).toContain('Nothing is left to do');
    expect(textIn(report(done))).toContain('Every message went out');
  });

  test('99.99 % is not rounded to all', () => {
    const almost = summaryWith({ counts: countsOf({ accepted: 99_999, refused: 1 }, 0), reasons: [] });
    expect(textIn(report(almost))).toContain(
      '99,999 of 100,000 recipients were accepted for sending: 99.9%.',
    );
  });

  test('a campaign that has sent nothing is a report, too', () => {
    const empty = textIn(report(summaryWith(NOTHING)));
    expect(empty).toContain('This campaign has no recipients yet.');
    expect(empty).toContain('Nothing was sent yet.');
    expect(empty).not.toMatch(/NaN|Infinity|undefined|Cost/u);
  });

  test('a campaign that was over within one minute has its bar and its limit', () => {
    const one = { at: MORNING, accepted: 5, refused: 0, uncertain: 0, deferred: 0 };
    const runs = [
      {
        startedAt: MORNING + 1_000,
        endedAt: MORNING + 3_000,
        ratePerSecond: 20,
        halted: null,
        ending: 'finished' as const,
      },
    ];
    const page = report(summaryWith({ timeline: [one], runs }));
    expect(page).toContain('stroke="var(--text)"');
    expect(textIn(page)).toContain('Limit: 1,200 per minute, above the top of this chart');
    expect(page).not.toMatch(/NaN|Infinity/u);
  });

  test('replies that were counted exactly are not called an estimate', () => {
    const replies = { replied: 1, accepted: 2, estimate: false };
    expect(textIn(report(summaryWith({ replies })))).not.toContain('Replies are an estimate');
  });
});

describe('hostile texts', () => {
  const page = report(hostileSummary());

  test('stay text: the page has the elements of an ordinary one and no other', () => {
    const names = (html: string): Set<string> =>
      new Set(Array.from(html.matchAll(/<([a-z][a-z0-9]*)/giu), (match) => String(match[1]).toLowerCase()));
    const ordinary = names(report(summaryWith()));
    expect([...names(page)].filter((name) => !ordinary.has(name))).toEqual([]);
    expect(page).toContain('&lt;script&gt;');
  });

  test('control characters are shown as a mark', () => {
    expect(page).toContain('\uFFFD]0;owned\uFFFD');
    expect(
      rawIn(page, /[\n\r\t\ud800\u200b-\u206f\ufeff\u061c\u00ad\u3164\u115f\u{e0000}-\u{e007f}]/gu),
    ).toEqual([]);
  });

  test('a reason called like a property of every object is only a reason', () => {
    expect(textIn(page)).toContain('constructor');
  });
});

test.each([
  ['pending', 'pending'],
  ['sending', 'sending'],
  ['skipped', 'removed'],
  ['skipped', 'suppressed'],
  ['exhausted', 'attempts-used-up'],
  ['uncertain', 'run-died'],
  ['uncertain', 'in-list'],
] as const)('what is %s because of %s is said in words, in both languages', (status, reason) => {
  const reasons = [{ status, reason, errorCode: null, errorMessage: null, count: 3 }];
  for (const language of ['en', 'es'] as const) {
    expect(report(summaryWith({ reasons }), language)).not.toContain(`>${reason}<`);
  }
});

test('however large the campaign was, the file stays below 2 MB', () => {
  expect(Buffer.byteLength(report(enormousSummary()))).toBeLessThan(2_000_000);
});

describe('what stands on top', () => {
  const open = { counts: countsOf({ accepted: 3, pending: 2 }, 0) };
  const run = {
    startedAt: MORNING,
    endedAt: MORNING,
    ratePerSecond: 20,
    halted: null,
    ending: 'finished',
  } as const;
  const above = (summary: Partial<ReportSummary>): string =>
    textIn(report({ ...summaryWith(), ...NOTHING, ...summary })).split('accepted for sending')[0] ?? '';

  test.each([
    ['halted', { halted: { code: 'halt.paused', params: {} } }, 'Stopped: '],
    ['interrupted', { ending: 'interrupted' }, 'Interrupted: somebody stopped the last run'],
    ['died', { ending: 'died' }, 'Broken off: '],
    ['open', { ending: null, endedAt: null }, 'was still going on, or it broke off'],
  ] as const)('says of a run that is %s that it did not come to its end', (_, how, said) => {
    expect(above({ ...open, runs: [{ ...run, ...how } as ReportSummary['runs'][number]] })).toContain(said);
  });

  test('says nothing of a run that finished, nor where nobody is left to be sent to', () => {
    const quiet = /Stopped: |Interrupted: |Broken off: |or it broke off/u;
    expect(above({ ...open, runs: [run] })).not.toMatch(quiet);
    const counts = countsOf({ accepted: 3 }, 0);
    expect(above({ counts, runs: [{ ...run, ending: 'interrupted' }] })).not.toMatch(quiet);
  });

  test('is the word SANDBOX where nobody got anything', () => {
    expect(above({ ...open, isSandbox: true })).toContain('SANDBOX Nothing in this report was sent');
    expect(above(open)).not.toContain('SANDBOX');
  });

  test('counts apart who failed after the provider had taken the message, with what to do', () => {
    const counts = { ...countsOf({ accepted: 10 }, 0), failed: 4 };
    const text = textIn(report({ ...summaryWith(), ...NOTHING, counts }));
    expect(text).toContain('6 of 10 recipients were accepted for sending: 60%');
    expect(text).toMatch(/Failed later 4 /u);
    expect(text).toContain('4 messages failed after the provider had taken them');
  });
});
