import type { Dialect } from './dialect.js';
import { rows, run, type Steps } from './steps.js';

/**
 * Erases the rejected rows in which a cell holds the number of one of these people, in whatever form it was typed.
 * Returns how many. Somebody else's row with the same last eight digits goes with them: it stands in the file still.
 */
export function* forgetRejectedRows({ numbers }: Dialect, people: readonly string[]): Steps<number> {
  const erase = `UPDATE rejections SET ${ERASED_REJECTION} WHERE id IN (SELECT wanted.value FROM ${numbers('ids')})`;
  const isTheirs = holderOf(people);
  let erased = 0;
  let after = 0;
  for (;;) {
    const page = yield* rows<StoredRejected>(REJECTED_PAGE, { after });
    const last = page.at(-1);
    if (last === undefined) return erased;
    after = last.id;
    const ids = page.filter(isTheirs).map(({ id }) => id);
    if (ids.length > 0) erased += yield* run(erase, { ids });
  }
}

/** Erases rejected and repeated rows of campaigns whose file was last read before `before`. Returns how many. */
export function* forgetOldRows(before: number): Steps<number> {
  const rejected = yield* run(ERASE_OLD_REJECTIONS, { before });
  return rejected + (yield* run(ERASE_OLD_DUPLICATES, { before }));
}

/** Digits by which a phone is found in a cell, however much of its country code was typed. */
const TELLING_DIGITS = 8;

/** A page of the rejected rows of all campaigns, after an id. */
const REJECTED_PAGE = 'SELECT id, phone, cells FROM rejections WHERE id > @after ORDER BY id LIMIT 1000';

/** A row of `REJECTED_PAGE`. */
interface StoredRejected {
  readonly id: number;
  readonly phone: string;
  readonly cells: string;
}

/** What is left of an erased row. */
const ERASED_REJECTION = "phone = '', value = '', cells = '[]'";

const OLD = `campaign_id IN (
  SELECT campaign_id FROM imports GROUP BY campaign_id HAVING max(imported_at) < @before)`;

/** Erases the rejected rows of campaigns whose file was last read before `before`. */
const ERASE_OLD_REJECTIONS = `UPDATE rejections SET ${ERASED_REJECTION} WHERE cells <> '[]' AND ${OLD}`;

/** Erases the repeated rows of such campaigns. */
const ERASE_OLD_DUPLICATES = `UPDATE duplicates SET phone = '', cells = '[]' WHERE cells <> '[]' AND ${OLD}`;

/** Tells the rows in which a cell holds the number of one of these people, in whatever form it was typed. */
function holderOf(people: readonly string[]): (row: StoredRejected) => boolean {
  const ends = people.map((person) => person.slice(-TELLING_DIGITS));
  return ({ phone, cells }) => {
    const numbers = [phone, ...(JSON.parse(cells) as string[])].map((cell) => cell.replace(/\D/gu, ''));
    return ends.some((end) => numbers.some((number) => number.includes(end)));
  };
}
