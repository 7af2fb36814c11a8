import type { Declaration, Declared } from '../../core/ledger/campaigns.js';
import { failed, ok, type Problem, type Result, shortened } from '../../core/problem.js';
import type { Dialect } from './dialect.js';

/** At most so many messages of a person are named. */
const MOST_NAMED = 20;

/** Somebody of whom an operator says something. */
export interface DeclarableRow {
  readonly deliveryId: number;
  readonly person: string;
  readonly key: string;
  readonly line: number;
  readonly status: string;
  readonly attemptId: number | null;
  readonly tryAt: number | null;
}

/** Deliveries of a campaign to `@persons`, with their live attempts. */
export function declarableSql({ texts }: Dialect): string {
  return `
    SELECT d.id AS "deliveryId", d.person, d.key, d.line, d.status, a.id AS "attemptId", a.started_at AS "tryAt"
    FROM ${texts('persons')} CROSS JOIN deliveries d
    LEFT JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
    WHERE d.person = wanted.value AND d.campaign_id = @campaignId ORDER BY d.id`;
}

/** A delivery that is declared. */
export interface DeclaredDelivery {
  readonly deliveryId: number;
  readonly attemptId: number;
}

/** The one delivery of each person that is meant, or all that speaks against it. */
export function declaredOf(
  { people, key, tryAt = null }: Declaration,
  rows: readonly DeclarableRow[],
  campaign: string,
): Result<readonly DeclaredDelivery[]> {
  const byPerson = new Map<string, DeclarableRow[]>();
  for (const row of rows) byPerson.set(row.person, [...(byPerson.get(row.person) ?? []), row]);
  const problems: Problem[] = [];
  const declared = distinct(people).flatMap((one) => {
    const chosen = chosenOf(byPerson.get(one.person) ?? [], one, key, campaign);
    if (chosen.ok && (tryAt === null || chosen.value.tryAt === tryAt)) return declaredDelivery(chosen.value);
    // What somebody knows of a try says nothing of the one after it: that one may have arrived.
    const other: Problem = { code: 'declare.other-try', params: { phone: one.phone } };
    problems.push(...(chosen.ok ? [other] : chosen.problems));
    return [];
  });
  return problems.length > 0 ? failed(...problems) : ok(declared);
}

/** A phone given twice, in whatever way it is written, is one person. */
function distinct(people: readonly Declared[]): readonly Declared[] {
  return [...new Map(people.map((one) => [one.person, one])).values()];
}

function declaredDelivery({ deliveryId, attemptId }: DeclarableRow): DeclaredDelivery {
  if (attemptId === null) throw new Error('an uncertain delivery has no live attempt');
  return { deliveryId, attemptId };
}

/** The one delivery of a person that is meant. */
function chosenOf(
  rows: readonly DeclarableRow[],
  { phone }: Declared,
  key: string | null,
  campaign: string,
): Result<DeclarableRow> {
  const [first] = rows;
  if (first === undefined) return failed({ code: 'declare.no-delivery', params: { phone, campaign } });
  const open = rows.filter(({ status }) => status === 'uncertain');
  if (key === null) {
    const [only, ...others] = open;
    if (only === undefined) {
      return failed({ code: 'declare.not-uncertain', params: { phone, campaign, status: first.status } });
    }
    if (others.length === 0) return ok(only);
    return failed({ code: 'declare.several', params: { phone, campaign, messages: named(open) } });
  }
  const wanted = rows.find((row) => row.key === key);
  if (wanted === undefined) {
    const params = { phone, campaign, key: shortened(key) };
    if (rows.every((row) => row.key === '')) return failed({ code: 'declare.no-keys', params });
    return failed({ code: 'declare.no-key', params: { ...params, messages: named(rows) } });
  }
  if (wanted.status === 'uncertain') return ok(wanted);
  const params = { phone, campaign, key: shortened(key), status: wanted.status };
  return failed({ code: 'declare.key-not-uncertain', params });
}

/** Keys with their lines, such as `A-1 (2), A-2 (3)`; a message without a key is `"" (4)`. */
function named(rows: readonly DeclarableRow[]): string {
  const shown = rows.slice(0, MOST_NAMED).map(({ key, line }) => `${shortened(key) || '""'} (${line})`);
  return [...shown, ...(rows.length > MOST_NAMED ? ['…'] : [])].join(', ');
}
