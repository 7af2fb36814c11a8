import type { HeldSession, Team, TeamAnswer, UserRecord } from '../../core/ledger/team.js';
import type { Role } from '../../core/team/roles.js';
import { type Params, rows, run, type Steps, type Store } from './steps.js';

type Statement = readonly [text: string, params: Params];

const COLUMNS = `name, roles, password_hash AS "passwordHash", oidc, added_at AS "addedAt", changed_at AS "changedAt"`;
const IS_ADMIN = `roles LIKE '%"admin"%'`;
const OTHER_ADMIN = `EXISTS (SELECT 1 FROM users WHERE name <> @name AND ${IS_ADMIN})`;
const USER = `SELECT ${COLUMNS} FROM users WHERE name = @name`;
/** Who has the subject comes before who has the address. */
const USER_OF = `
  SELECT ${COLUMNS} FROM users WHERE oidc = @subject OR lower(oidc) = @email
  ORDER BY CASE WHEN oidc = @subject THEN 0 ELSE 1 END LIMIT 1`;
const ADD = `
  INSERT INTO users (name, roles, password_hash, oidc, added_at, changed_at)
  SELECT @name, @roles, @passwordHash, @oidc, @at, @at
  WHERE (@admin = 1 OR EXISTS (SELECT 1 FROM users))
    AND NOT EXISTS (SELECT 1 FROM users WHERE lower(oidc) = @address)
  ON CONFLICT DO NOTHING`;
const SET_ROLES = `
  UPDATE users SET roles = @roles, changed_at = @at
  WHERE name = @name AND (CAST(@was AS text) IS NULL OR roles = @was)
    AND (@admin = 1 OR NOT (${IS_ADMIN}) OR ${OTHER_ADMIN})`;
const SET_PASSWORD = 'UPDATE users SET password_hash = @passwordHash, changed_at = @at WHERE name = @name';
const REMOVE = `DELETE FROM users WHERE name = @name AND (NOT (${IS_ADMIN}) OR ${OTHER_ADMIN})`;
const BEGIN_SESSION = `
  INSERT INTO sessions (fingerprint, user_name, begun_at, seen_at, ends_at)
  SELECT @fingerprint, name, @begunAt, @begunAt, @endsAt FROM users
  WHERE name = @user AND (CAST(@passwordHash AS text) IS NULL OR password_hash = @passwordHash)`;
const CLEAR_SESSIONS = 'DELETE FROM sessions WHERE ends_at <= @begunAt OR seen_at < @idleBefore';
/** Servers that share a ledger need not agree to the second; what began later than that began by a clock that was ahead. */
const CLOCKS_DIFFER_MS = 5 * 60_000;
const SESSION = `
  SELECT name, roles, seen_at AS "seenAt" FROM sessions JOIN users ON name = user_name
  WHERE fingerprint = @fingerprint AND ends_at > @at AND seen_at >= @idleBefore AND begun_at <= CAST(@at AS bigint) + ${CLOCKS_DIFFER_MS}`;
const SEEN = 'UPDATE sessions SET seen_at = @at WHERE fingerprint = @fingerprint AND seen_at < @at';
const END_SESSION = 'DELETE FROM sessions WHERE fingerprint = @fingerprint';
const END_SESSIONS_OF = 'DELETE FROM sessions WHERE user_name = @name';

/** The team of a ledger. Two who take the last two administrators away at the same time wait for each other. */
export function teamIn(store: Store): Team {
  const read = <Row>(text: string, params?: Params) => store.each(rows<Row>(text, params));
  const change = (...statements: readonly Statement[]) => store.together(() => changes(statements), 'users');
  const user = async (name: string) => userOf(await read<UserRow>(USER, { name }));
  const changed = async (name: string, ...statements: readonly Statement[]): Promise<TeamAnswer> => {
    if ((await change(...statements)) === 1) return 'done';
    return (await user(name)) === null ? 'unknown' : 'last-admin';
  };
  return {
    users: async () => (await read<UserRow>(`SELECT ${COLUMNS} FROM users ORDER BY name`)).map(recordOf),
    user,
    userOf: async (subject, email) =>
      userOf(await read<UserRow>(USER_OF, { subject, email: email === null ? null : inLowerCase(email) })),
    add: async ({ name, roles, passwordHash, oidc }, at) => {
      // A subject is another one in other case; an address is not.
      const address = oidc?.includes('@') === true ? inLowerCase(oidc) : null;
      const entered = { name, ...rolesParams(roles), passwordHash, oidc, address, at };
      if ((await change([ADD, entered])) === 1) return 'done';
      return (await read('SELECT 1 FROM users LIMIT 1')).length === 0 ? 'first-not-admin' : 'taken';
    },
    setRoles: async (name, roles, at, was) => {
      const wanted = was === undefined ? null : JSON.stringify(was);
      const answer = await changed(name, [SET_ROLES, { name, ...rolesParams(roles), was: wanted, at }]);
      if (answer !== 'last-admin' || wanted === null) return answer;
      return JSON.stringify((await user(name))?.roles) === wanted ? answer : 'changed-meanwhile';
    },
    setPassword: (name, passwordHash, at) =>
      changed(name, [SET_PASSWORD, { name, passwordHash, at }], [END_SESSIONS_OF, { name }]),
    remove: (name) => changed(name, [REMOVE, { name }]),
    beginSession: async ({ fingerprint, user: name, passwordHash, begunAt, endsAt }, idleBefore) =>
      (await change(
        [BEGIN_SESSION, { fingerprint, user: name, passwordHash, begunAt, endsAt }],
        [CLEAR_SESSIONS, { begunAt, idleBefore }],
      )) === 1,
    session: async (fingerprint, at, idleBefore) =>
      sessionOf(await read<SessionRow>(SESSION, { fingerprint, at, idleBefore })),
    seen: async (fingerprint, at) => void (await change([SEEN, { fingerprint, at }])),
    endSession: async (fingerprint) => void (await change([END_SESSION, { fingerprint }])),
  };
}

/** How many rows the first one changed. */
function* changes([first, ...others]: readonly Statement[]): Steps<number> {
  if (first === undefined) return 0;
  const changed = yield* run(...first);
  for (const other of others) yield* run(...other);
  return changed;
}

type UserRow = Omit<UserRecord, 'roles'> & { readonly roles: string };
interface SessionRow {
  readonly name: string;
  readonly roles: string;
  readonly seenAt: number;
}

/** As the databases do it: of plain letters alone. Others that look like one of them are somebody else's address. */
function inLowerCase(address: string): string {
  return address.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function rolesParams(roles: readonly Role[]) {
  return { roles: JSON.stringify(roles), admin: roles.includes('admin') ? 1 : 0 };
}

function recordOf({ roles, ...user }: UserRow): UserRecord {
  return { ...user, roles: JSON.parse(roles) as Role[] };
}

function userOf([row]: readonly UserRow[]): UserRecord | null {
  return row === undefined ? null : recordOf(row);
}

function sessionOf([row]: readonly SessionRow[]): HeldSession | null {
  if (row === undefined) return null;
  return { user: { name: row.name, roles: JSON.parse(row.roles) as Role[] }, seenAt: row.seenAt };
}
