import { NAMED } from './placeholders.js';

/**
 * A statement that the schema keeps as a function. A server plans what it is sent anew each time, which takes longer than
 * doing it; what stands in a function it plans once for each connection, whichever pooler is between.
 */
export interface Stored {
  readonly name: string;
  /** Parameters by name, and the database's types of theirs. */
  readonly params: Readonly<Record<string, string>>;
  readonly returns: string;
  /** In PL/pgSQL, with the parameters by name. */
  readonly body: string;
}

/**
 * The plan is made before anybody knows what will stand in the tables: they may be empty then, where reading a whole one is
 * quickest. So it may take no way that becomes slow as they grow, and is not made again because a list is shorter.
 */
const PLANNED_ONCE = `SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
  SET enable_mergejoin = off SET jit = off`;

/** What makes it. Changing a stored statement after a release takes a new migration. */
export function storedSql({ name, params, returns, body }: Stored): string {
  const names = Object.keys(params);
  const numbered = body.replace(NAMED, (_match, param: string) => `$${names.indexOf(param) + 1}`);
  return `
CREATE FUNCTION ${name}(${Object.values(params).join(', ')}) RETURNS ${returns} LANGUAGE plpgsql ${PLANNED_ONCE} AS $stored$
#variable_conflict use_column
${numbered}
$stored$;
`;
}

/** The call, as an expression or as a source of rows, with the parameters by name. */
export function callOf({ name, params }: Stored): string {
  const given = Object.keys(params).map((param) => `@${param}`);
  return `${name}(${given.join(', ')})`;
}
