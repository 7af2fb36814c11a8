import type { Sql } from './database.js';
import type { Erased } from './forget.js';

interface Detail {
  readonly id: number;
  readonly detail: string;
}

const EVIDENCE = `
  SELECT e.id, e.detail FROM evidence e JOIN deliveries d ON d.id = e.delivery_id
  WHERE d.person = ANY(@persons::text[]) ORDER BY e.id`;

/** Erases what was proven by evidence of these people. Of a record, its id stays: it must never settle somebody else. */
export async function forgetEvidence(sql: Sql, persons: readonly string[]): Promise<void> {
  const stored = await sql.rows<Detail>(EVIDENCE, { persons });
  await rewrite(sql, 'evidence', stored, (detail) => {
    const { record } = detail as { record?: { id?: unknown } };
    const id = record?.id;
    return id === undefined || id === null ? { forgotten: true } : { forgotten: true, record: { id } };
  });
}

const ACTIONS = `
  SELECT id, detail FROM operator_actions
  WHERE detail LIKE ANY (SELECT '%"' || unnest(@persons::text[]) || '"%') ORDER BY id`;

/** Puts fingerprints in the place of these people in what operators did. */
export async function forgetInActions(sql: Sql, { persons, fingerprints }: Erased): Promise<void> {
  const prints = new Map(persons.map((person, index) => [person, fingerprints[index]]));
  const stored = await sql.rows<Detail>(ACTIONS, { persons });
  await rewrite(sql, 'operator_actions', stored, (detail) => {
    const { person } = detail as { person?: unknown };
    const print = typeof person === 'string' ? prints.get(person) : undefined;
    return print === undefined ? detail : { ...detail, person: print };
  });
}

async function rewrite(
  sql: Sql,
  table: 'evidence' | 'operator_actions',
  stored: readonly Detail[],
  change: (detail: object) => object,
): Promise<void> {
  await sql.run(
    `UPDATE ${table} SET detail = changed.detail
     FROM unnest(@ids::bigint[], @details::text[]) AS changed (id, detail) WHERE ${table}.id = changed.id`,
    {
      ids: stored.map(({ id }) => id),
      details: stored.map(({ detail }) => JSON.stringify(change(JSON.parse(detail) as object))),
    },
  );
}
