import { describe, expect, test } from 'vitest';
import { historyOf } from '../../../src/app/people/person-history.js';
import { PhoneIndexes } from '../../../src/app/people/phone-indexes.js';
import { type PeopleSearch, searchPeople } from '../../../src/app/people/search-people.js';
import { appAt } from '../../support/app-at-hand.js';
import { problemsOf, unwrapped } from '../../support/results.js';
import { phoneNumber, recipientsCsv } from '../../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../../support/sending-place.js';

const ANYBODY = { status: null, reason: null, confirmation: null } as const;
const SALE = { campaign: 'sale', sandbox: false };

async function sent(people: number): Promise<SendingPlace> {
  const place = await sendingPlace(people, { recipients: '{ file: recipients.csv, country: PE }' });
  await place.json(['send', 'sale']);
  return place;
}

function searching(place: SendingPlace) {
  const app = appAt(place, place.environment);
  const indexes = new PhoneIndexes();
  return (search: Partial<PeopleSearch>) =>
    searchPeople(SALE, { typed: null, filter: ANYBODY, after: null, most: 50, ...search }, indexes, app);
}

async function phones(found: ReturnType<ReturnType<typeof searching>>): Promise<readonly string[]> {
  return unwrapped(await found).rows.map(({ phone }) => phone);
}

describe('a search', () => {
  test('finds a whole phone in whatever form it is written', async () => {
    const search = searching(await sent(30));
    const wanted = phoneNumber(7);
    const national = wanted.slice(2);
    const forms = [
      wanted,
      `+${wanted}`,
      national,
      `${national.slice(0, 3)} ${national.slice(3, 6)}-${national.slice(6)}`,
      `00${wanted}`,
    ];
    for (const typed of forms) expect(await phones(search({ typed }))).toEqual([wanted]);
  });

  test('finds last digits, first ones behind a plus, and nobody', async () => {
    const search = searching(await sent(130));
    expect(await phones(search({ typed: '0007' }))).toEqual([phoneNumber(7)]);
    expect((await phones(search({ typed: '+51910', most: 500 }))).length).toBe(130);
    expect(await phones(search({ typed: '+52155' }))).toEqual([]);
    expect(await phones(search({ typed: '987' }))).toEqual([]);
  });

  test('of too few digits is told so', async () => {
    const search = searching(await sent(2));
    expect(problemsOf(await search({ typed: 'Ana 07' }))).toMatchObject([{ code: 'people.few-digits' }]);
  });

  test('goes page by page, by phone and by what became of it', async () => {
    const search = searching(await sent(25));
    for (const asked of [{ typed: '+519' }, { filter: { ...ANYBODY, status: 'accepted' } }] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof search>> = await search({ ...asked, after, most: 4 });
        const { rows, next } = unwrapped(page);
        expect(rows.length).toBeLessThanOrEqual(4);
        seen.push(...rows.map(({ phone }) => phone));
        after = next;
      } while (after !== null);
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => phoneNumber(index)));
    }
    expect(await phones(search({ typed: '+519', filter: { ...ANYBODY, status: 'refused' } }))).toEqual([]);
    expect(await phones(search({ typed: '+519', after: 'no place', most: 1 }))).toEqual([phoneNumber(0)]);
  });

  test('knows people of a later file, and no one who was forgotten', async () => {
    const place = await sent(3);
    const search = searching(place);
    expect(await phones(search({ typed: '0004' }))).toEqual([]);
    place.write('sale/recipients.csv', recipientsCsv(5));
    await place.json(['send', 'sale']);
    expect(await phones(search({ typed: '0004' }))).toEqual([phoneNumber(4)]);
    await place.run(['forget', phoneNumber(4), '--yes']);
    expect(await phones(search({ typed: '0004' }))).toEqual([]);
  });
});

test('the history of a phone says what happened, and whether the person is on a list now', async () => {
  const place = await sent(2);
  const app = appAt(place, place.environment);
  const national = phoneNumber(1).slice(2);
  const history = unwrapped(await historyOf(national, 'pe', app));
  expect(history).toMatchObject({
    person: phoneNumber(1),
    isSuppressed: false,
    deliveries: [{ campaign: 'sale', status: 'accepted', tries: [{ outcome: 'accepted' }] }],
  });
  await place.run(['suppress', 'add', phoneNumber(1)]);
  expect(unwrapped(await historyOf(`+${phoneNumber(1)}`, null, app))).toMatchObject({ isSuppressed: true });
  expect(problemsOf(await historyOf('Ana', null, app))).toMatchObject([{ code: 'cli.bad-phone' }]);
});
