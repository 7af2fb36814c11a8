import { expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { listedPlace, type SendingPlace, sendingPlace } from '../support/sending-place.js';

const PEOPLE = 3;

async function planOf({ json }: SendingPlace, ...options: readonly string[]): Promise<string> {
  return String((await json(['check', 'sale', ...options])).json['planDigest']);
}

/** Sends only what `digest` stands for. */
function sendExpecting({ json }: SendingPlace, digest: string, ...options: readonly string[]) {
  return json(['send', 'sale', '--expect-plan', digest, ...options]);
}

test('what was shown is sent, and the digest stays the same for who looks twice', async () => {
  const place = await sendingPlace(PEOPLE);
  const shown = await planOf(place);
  expect(await planOf(place)).toBe(shown);
  const end = await sendExpecting(place, shown);
  expect(end.json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
  // Who got it meanwhile makes no other plan of it.
  expect(await planOf(place)).toBe(shown);
});

test('what was shown before anybody knew the template’s text is sent once the provider tells it, and no other text', async () => {
  const place = await listedPlace(PEOPLE);
  const unread = await planOf(place);
  const first = await sendExpecting(place, unread, '--limit', '1');
  expect(first.json).toMatchObject({ counts: { accepted: 1 } });
  const read = await planOf(place);
  expect(read).not.toBe(unread);
  expect((await sendExpecting(place, unread, '--limit', '1')).json).toMatchObject({
    counts: { accepted: 2 },
  });

  const yaml = place.read('sale/campaign.yaml');
  place.write('sale/campaign.yaml', `${yaml}text: { header: "{{1}}", body: "Otra {{1}} {{2}}" }\n`);
  const other = await sendExpecting(place, `${read.slice(0, -1)}${read.endsWith('0') ? '1' : '0'}`);
  expect([other.code, countExecutions(place.logFile)]).toEqual([2, 2]);
});

const CHANGES: readonly (readonly [string, string, (place: SendingPlace) => void])[] = [
  [
    'one person more',
    'plan.changed-recipients',
    ({ write }) => write('sale/recipients.csv', recipientsCsv(4)),
  ],
  [
    'another template',
    'plan.changed-message',
    ({ write }) => write('sale/campaign.yaml', campaignYaml({ template: 'other_es' })),
  ],
  [
    'another rate',
    'plan.changed-settings',
    ({ write }) => write('sale/campaign.yaml', campaignYaml({ rate: '900/s' })),
  ],
  [
    'a do-not-contact file',
    'plan.changed-suppress',
    ({ write }) => {
      write('sale/stop.csv', `phone\n+${phoneNumber(0)}\n`);
      write('sale/campaign.yaml', campaignYaml({ suppress: '[stop.csv]' }));
    },
  ],
];

test.each(CHANGES)('with %s nothing is sent, and what changed is said', async (_, code, change) => {
  const place = await sendingPlace(PEOPLE);
  const shown = await planOf(place);
  change(place);
  const end = await sendExpecting(place, shown);
  expect([end.code, countExecutions(place.logFile)]).toEqual([2, 0]);
  expect(end.json).toMatchObject({ problems: [{ code }] });
});

test('a plan for the sandbox is none for the provider', async () => {
  const place = await sendingPlace(PEOPLE);
  const end = await sendExpecting(place, await planOf(place, '--sandbox'));
  expect([end.code, countExecutions(place.logFile)]).toEqual([2, 0]);
  expect(end.json).toMatchObject({ problems: [{ code: 'plan.changed-sender' }] });
});

test('a row mended after the plan was shown changes it; once it is kept, the plan is as it was shown', async () => {
  const place = await sendingPlace(0);
  place.write('sale/recipients.csv', `phone,body.1\n+${phoneNumber(0)},Ana\n12,Dora\n77,Eva\n`);
  const before = await planOf(place);
  place.write(
    'sale/rejected.csv',
    place.read('sale/rejected.csv').replace('12,Dora', `+${phoneNumber(3)},Dora`),
  );
  expect((await sendExpecting(place, before)).json).toMatchObject({
    problems: [{ code: 'plan.changed-recipients' }],
  });
  const mended = await planOf(place);
  expect(await planOf(place)).toBe(mended);
  expect((await sendExpecting(place, mended)).json).toMatchObject({ counts: { accepted: 2, rejected: 1 } });
});

test('a process of its own keeps to the plan, too', async () => {
  const place = await sendingPlace(PEOPLE);
  const shown = await planOf(place);
  place.write('sale/recipients.csv', recipientsCsv(2));
  const end = await place.runProcess(['send', 'sale', '--detach', '--yes', '--expect-plan', shown]);
  expect([end.code, countExecutions(place.logFile)]).toEqual([2, 0]);
});

test('what is no digest, or stands for several campaigns, is refused', async () => {
  const place = await sendingPlace(PEOPLE);
  const shown = await planOf(place);
  expect((await sendExpecting(place, 'abc')).json).toMatchObject({ problems: [{ code: 'plan.no-digest' }] });
  place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  const both = await place.json(['send', 'sale', 'news', '--expect-plan', shown]);
  expect(both.json).toMatchObject({ problems: [{ code: 'plan.one-campaign' }] });
  expect(countExecutions(place.logFile)).toBe(0);
});
