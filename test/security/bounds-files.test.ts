import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRateCard } from '../../src/campaign/rate-card.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { BOUNDS } from '../../src/core/bounds.js';
import { firstProblems, type Problem } from '../../src/core/problem.js';
import { UnusableFile } from '../../src/core/unusable-file.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { readSuppressFile } from '../../src/recipients/suppress-files.js';
import { collected, sourceFor, temporaryFolder } from '../recipients/files.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { campaignYaml, cliPlace, phoneNumber } from '../support/run-cli.js';
import { said, saidInSpanish } from '../support/said.js';

const folder = temporaryFolder();
const LEAST = 'name: a\ntemplate: t\nrecipients: r.csv\n';
folder.write('r.csv', '');

async function readYaml(text: string) {
  return readCampaign(folder.write('campaign.yaml', text));
}

/** Codes of what is wrong; a place that no sentence fills throws. */
function codes(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => [problem.code, said(problem), saidInSpanish(problem)][0] ?? '');
}

describe('a campaign file', () => {
  const short = BOUNDS.campaignText.value;

  test.each(['template', 'campaignName'])('has a %s of at most so many characters', async (key) => {
    const withText = (length: number): string =>
      `${LEAST.replace(/^template.*\n/mu, key === 'template' ? '' : '$&')}${key}: ${'t'.repeat(length)}\n`;
    expect(codes(problemsOf(await readYaml(withText(short))))).toEqual([]);
    expect(codes(problemsOf(await readYaml(withText(short + 1))))).toEqual(['campaign.too-long']);
  });

  test('has templates of at most so many characters', async () => {
    const withText = (length: number): string =>
      `${LEAST}variables: { body: { "1": "${'t'.repeat(length)}" } }\n`;
    expect(codes(problemsOf(await readYaml(withText(BOUNDS.templateText.value))))).toEqual([]);
    const past = codes(problemsOf(await readYaml(withText(BOUNDS.templateText.value + 1))));
    expect(past).toContain('campaign.too-long');
  });

  test('has at most so many words and signs, whatever they are', async () => {
    const many = BOUNDS.campaignTokens.value;
    expect(codes(problemsOf(await readYaml(`${LEAST}${'\n# x'.repeat(many / 5)}\n`)))).toEqual([]);
    for (const text of ['k: v\n', '# x\n', '[', '- ', '"', '{a: ', '&a *a ', '---\n', '@\n', 'a:']) {
      const codesOf = codes(problemsOf(await readYaml(LEAST + text.repeat(many))));
      expect([text, codesOf.length]).toEqual([text, 1]);
    }
    expect(codes(problemsOf(await readYaml(LEAST + 'k: v\n'.repeat(many))))).toEqual(['campaign.too-much']);
  });

  test.each([
    ['brackets', (levels: number) => `k: ${'['.repeat(levels)}${']'.repeat(levels)}\n`],
    ['maps on one line', (levels: number) => `k: ${'{a: '.repeat(levels)}1${'}'.repeat(levels)}\n`],
    ['lists on one line', (levels: number) => `k:\n  ${'- '.repeat(levels)}a\n`],
    ['keys on one line', (levels: number) => `? ${'? '.repeat(levels)}a\n`],
    [
      'indented keys',
      (levels: number) => Array.from({ length: levels }, (_, index) => `${' '.repeat(index)}k:\n`).join(''),
    ],
  ])('with %s within each other without an end is no campaign file', async (_, text) => {
    for (const levels of [BOUNDS.campaignDepth.value + 2, 200, 1_000]) {
      const deep = codes(problemsOf(await readYaml(LEAST + text(levels))));
      expect([levels, deep]).toEqual([levels, ['campaign.too-deep']]);
    }
    expect(codes(problemsOf(await readYaml(LEAST + text(8))))).not.toContain('campaign.too-deep');
  });

  test('with thousands of keys that nobody knows is told about in part, and the rest is counted', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `k${index}: 1\n`).join('');
    const problems = problemsOf(await readYaml(LEAST + keys));
    expect(problems).toHaveLength(BOUNDS.problemsTold.value + 1);
    expect(problems.at(-1)).toEqual({ code: 'cli.more-problems', params: { count: 2_450 } });
    codes(problems);
    expect(firstProblems(problems)).toEqual(problems);
    expect(firstProblems(problems.slice(0, 50))).toHaveLength(50);
  });
});

describe('a rate card', () => {
  const line = (index: number): string => `PE,category ${index},0.1,USD\n`;
  const card = (lines: number): string =>
    folder.write(
      'rates.csv',
      `country,category,price,currency\n${Array.from({ length: lines }, (_, index) => line(index)).join('')}`,
    );

  test('has at most so many lines', async () => {
    expect(unwrapped(await readRateCard(card(BOUNDS.rateCardLines.value)))).toHaveLength(
      BOUNDS.rateCardLines.value,
    );
    const more = card(BOUNDS.rateCardLines.value + 1);
    expect(codes(problemsOf(await readRateCard(more)))).toEqual(['rates.too-many']);
  });

  test('with thousands of mistakes is told about in part', async () => {
    const path = folder.write('rates.csv', `country,category,price,currency\n${'XX,,x,y\n'.repeat(4_000)}`);
    const problems = problemsOf(await readRateCard(path));
    expect(problems.at(-1)).toEqual({ code: 'cli.more-problems', params: { count: 4 * 4_000 - 50 } });
  });
});

describe('do-not-contact files', () => {
  const numbers = (count: number): string =>
    folder.write(
      'stop.csv',
      `phone\n${Array.from({ length: count }, (_, index) => `+${phoneNumber(index)}\n`).join('')}`,
    );

  const campaign = () => ({ folder: folder.path, recipients: { country: 'PE' } });

  test('name at most so many people', async () => {
    expect(unwrapped(await readSuppressFile(numbers(30), campaign(), 30)).people).toHaveLength(30);
    expect(codes(problemsOf(await readSuppressFile(numbers(31), campaign(), 30)))).toEqual([
      'suppress.too-many',
    ]);
  });

  test('of 130,000 people are read by check', async () => {
    const place = cliPlace();
    place.write('campaign.yaml', campaignYaml({ suppress: '[stop.csv]' }));
    place.write('recipients.csv', `phone,body.1\n+${phoneNumber(7)},a\n+${phoneNumber(200_000)},b\n`);
    const rows = Array.from({ length: 130_000 }, (_, index) => `+${phoneNumber(index)}\n`);
    place.write('stop.csv', `phone\n${rows.join('')}`);
    const end = await place.run(['check', 'campaign.yaml', '--json']);
    expect([end.code, end.json['skippedByReason']]).toEqual([0, { suppressed: 1 }]);
  });
});

describe('templates that take their time', () => {
  const LOOP =
    '{% for i in (1..9000) %}{% for j in (1..9000) %}{{ i | times: j | modulo: 7 }}{% endfor %}{% endfor %}';
  const rows = (count: number): string =>
    `celular,nombre\n${Array.from({ length: count }, (_, index) => `+${phoneNumber(index)},Ana\n`).join('')}`;

  async function verdictsOf(template: string, count: number) {
    writeFileSync(join(folder.path, 'r.csv'), rows(count));
    const read = unwrapped(await readYaml(`${LEAST}variables: { body: { "1": '${template}' } }\n`));
    const opened = unwrapped(
      await openRecipients(sourceFor(join(folder.path, 'r.csv')), {
        render: read.renderer,
        fixValues: false,
      }),
    );
    return collected(opened.batches);
  }

  test('end the work after a handful of rows, with the place in the campaign file', async () => {
    const thrown = await verdictsOf(LOOP, 2_000).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(thrown instanceof UnusableFile)) throw new Error('the file was read to its end');
    expect(codes(thrown.problems)).toEqual(['campaign.template-slow']);
    expect(thrown.problems[0]?.at).toMatchObject({ line: 4, file: join(folder.path, 'campaign.yaml') });
    const { rows, ...params } = { rows: Number.NaN, ...thrown.problems[0]?.params };
    expect(params).toMatchObject({ key: 'body.1' });
    expect(rows).toBeLessThan(20);
  });

  test('reject a row, and no more, where only that row loops', async () => {
    const template = `{% if celular contains "${phoneNumber(1)}" %}${LOOP}{% endif %}{{ nombre }}`;
    const verdicts = await verdictsOf(template, 500);
    const rejected = verdicts.filter(({ kind }) => kind === 'rejection');
    expect(rejected).toMatchObject([{ rejection: { line: 3, reason: 'variable.unresolved' } }]);
    expect(verdicts).toHaveLength(500);
  });

  test('that put together more than a value may hold reject the row', async () => {
    const template =
      '{% assign x = "0123456789" %}{% for i in (1..30) %}{% assign x = x | append: x %}{% endfor %}{{ x }}';
    const [verdict] = await verdictsOf(template, 1);
    expect(verdict).toMatchObject({ rejection: { reason: 'variable.unresolved' } });
  });

  test('end check with what to do', async () => {
    const place = cliPlace();
    place.write(
      'campaign.yaml',
      `${campaignYaml({ recipients: 'r.csv' })}variables: { body: { "1": '${LOOP}' } }\n`,
    );
    place.write('r.csv', rows(5_000));
    const end = await place.run(['check', 'campaign.yaml']);
    expect([end.code, end.stdout]).toEqual([2, '']);
    expect(end.stderr).toContain('takes too long');
  });
});
