/** Digits by which a phone is found in a cell, however much of its country code was typed. */
const TELLING_DIGITS = 8;

/** A page of the rejected rows of all campaigns, after an id. */
export const REJECTED_PAGE =
  'SELECT id, phone, cells FROM rejections WHERE id > @after ORDER BY id LIMIT 1000';

/** A row of `REJECTED_PAGE`. */
export interface StoredRejected {
  readonly id: number;
  readonly phone: string;
  readonly cells: string;
}

/** What is left of an erased row. */
export const ERASED_REJECTION = "phone = '', value = '', cells = '[]'";

const OLD = `campaign_id IN (
  SELECT campaign_id FROM imports GROUP BY campaign_id HAVING max(imported_at) < @before)`;

/** Erases the rejected rows of campaigns whose file was last read before `before`. */
export const ERASE_OLD_REJECTIONS = `UPDATE rejections SET ${ERASED_REJECTION} WHERE cells <> '[]' AND ${OLD}`;

/** Erases the repeated rows of such campaigns. */
export const ERASE_OLD_DUPLICATES = `UPDATE duplicates SET phone = '', cells = '[]' WHERE cells <> '[]' AND ${OLD}`;

/** Tells the rows in which a cell holds the number of one of these people, in whatever form it was typed. */
export function holderOf(people: readonly string[]): (row: StoredRejected) => boolean {
  const ends = people.map((person) => person.slice(-TELLING_DIGITS));
  return ({ phone, cells }) => {
    const numbers = [phone, ...(JSON.parse(cells) as string[])].map((cell) => cell.replace(/\D/gu, ''));
    return ends.some((end) => numbers.some((number) => number.includes(end)));
  };
}
