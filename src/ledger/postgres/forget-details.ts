import type { Sql } from './database.js';

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
  await rewrite(sql, stored, (detail) => {
    const { record } = detail as { record?: { id?: unknown } };
    const id = record?.id;
    return id === undefined || id === null ? { forgotten: true } : { forgotten: true, record: { id } };
  });
}

async function rewrite(
  sql: Sql,
  stored: readonly Detail[],
  change: (detail: object) => object,
): Promise<void> {
  await sql.run(
    `UPDATE evidence SET detail = changed.detail
     FROM unnest(@ids::bigint[], @details::text[]) AS changed (id, detail) WHERE evidence.id = changed.id`,
    {
      ids: stored.map(({ id }) => id),
      details: stored.map(({ detail }) => JSON.stringify(change(JSON.parse(detail) as object))),
    },
  );
}
