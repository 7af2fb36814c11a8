import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { DeliveryFilter, FoundDelivery, PageEnd } from '../../core/ledger/finding.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ANY_PHONE } from '../../core/phone.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type CampaignChoice, withCampaign } from '../open-ledger.js';
import type { PhonePart } from './phone-index.js';
import type { PhoneIndexes } from './phone-indexes.js';

/** Whom somebody looks for. */
export interface PeopleSearch {
  /** A phone or a part of one, as typed; '' or null: everybody whom the filter lets through. */
  readonly typed: string | null;
  readonly filter: DeliveryFilter;
  /** `next` of the page before; null: the first. What is no such text begins at the first. */
  readonly after: string | null;
  /** Rows at most. */
  readonly most: number;
}

/** Some of them. */
export interface PeopleFound {
  readonly record: CampaignRecord;
  readonly rows: readonly FoundDelivery[];
  /** For the next page; null: there is none. A page may be short, or empty, and not be the last. */
  readonly next: string | null;
}

/** Fewer digits say nothing. */
const FEWEST_DIGITS = 3;

/**
 * People of a campaign in the ledger: by a whole phone, however it is written, by its first digits (behind a `+`) or its
 * last ones, and by what became of the message.
 */
export function searchPeople(
  choice: CampaignChoice,
  search: PeopleSearch,
  indexes: PhoneIndexes,
  app: App,
): Promise<Result<PeopleFound>> {
  return withCampaign(choice, 'read', app, async ({ record, read }, ledger) => {
    const typed = search.typed?.trim() ?? '';
    const { filter, most } = search;
    if (typed === '') {
      const { rows, next } = await ledger.finding.deliveries(record.id, filter, {
        after: pageEnd(search.after),
        most,
      });
      return ok({ record, rows, next: next === null ? null : next.join('.') });
    }
    const digits = typed.replace(/\D/gu, '');
    if (digits.length < FEWEST_DIGITS)
      return failed({ code: 'people.few-digits', params: { count: FEWEST_DIGITS } });
    const whole = await ofWholePhone(ledger, record, typed, read?.campaign.recipients.country ?? null, app);
    if (whole.length > 0) return ok({ record, rows: whole.filter((row) => fits(row, filter)), next: null });
    const asked = { digits, part: partOf(typed), filter, from: pageEnd(search.after)?.[0] ?? 0, most };
    return ok({ record, ...(await byPart(ledger, record, asked, indexes, app)) });
  });
}

async function ofWholePhone(
  { finding }: Ledger,
  { id }: CampaignRecord,
  typed: string,
  country: string | null,
  { phones }: Pick<App, 'phones'>,
): Promise<readonly FoundDelivery[]> {
  const { read } = await phones();
  for (const [text, home] of [
    [typed, country],
    [`+${typed.replace(/\D/gu, '')}`, null],
  ] as const) {
    const phone = read(text, home, ANY_PHONE);
    const found = phone.ok ? await finding.ofPerson(id, phone.person) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** Only the first digits can stand behind a plus, or behind the 00 of a call abroad. */
function partOf(typed: string): PhonePart {
  return /^(?:\+|00[1-9]\d{4})/u.test(typed) ? 'begin' : 'end';
}

interface PartAsked {
  readonly digits: string;
  readonly part: PhonePart;
  readonly filter: DeliveryFilter;
  readonly from: number;
  readonly most: number;
}

async function byPart(
  ledger: Ledger,
  { id }: CampaignRecord,
  { digits: all, part, filter, from, most }: PartAsked,
  indexes: PhoneIndexes,
  app: App,
): Promise<Pick<PeopleFound, 'rows' | 'next'>> {
  const digits = part === 'begin' ? all.replace(/^00/u, '') : all;
  const index = await indexes.of(ledger, id, app);
  // Somebody may have been forgotten meanwhile; of long ends, only what all forms of a number have in common was compared.
  const isHit = ({ phone, person }: FoundDelivery): boolean =>
    phone !== '' && (part === 'begin' || [phone, person].some((number) => number.endsWith(digits)));
  const rows: FoundDelivery[] = [];
  let next: number | null = from;
  // A filter may leave little of many hits: one page looks at some of them, and the next goes on.
  for (let tries = 0; tries < MOST_TRIES && next !== null && rows.length < most; tries += 1) {
    const hits = index.search(digits, part, next, most - rows.length);
    const found = await ledger.finding.deliveriesOf(hits.ids);
    rows.push(...found.filter((row) => isHit(row) && fits(row, filter)));
    next = hits.next;
  }
  return { rows, next: next === null ? null : `${next}.0` };
}

const MOST_TRIES = 20;

function fits(row: FoundDelivery, { status, reason, confirmation }: DeliveryFilter): boolean {
  return (
    (status === null || row.status === status) &&
    (reason === null || row.reason === reason) &&
    (confirmation === null || row.confirmation === confirmation)
  );
}

/** Where a page ended, from the text of `next`; null: what is no such text. */
export function pageEnd(text: string | null): PageEnd | null {
  const [, first, second] = /^(\d{1,15})\.(\d{1,15})$/u.exec(text ?? '') ?? [];
  return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}
