/** A table that every ledger has, with the columns that every ledger has. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are ordered by: it tells them apart. */
  readonly key: readonly string[];
}

/**
 * What a ledger holds, whatever database it is in: rows come before what points to them. The identity is moved by itself; what
 * a database has for its own work, such as leases, is not moved.
 */
export const COPIED_TABLES: readonly CopiedTable[] = [
  table(
    'campaigns',
    `id workspace name base_url file template type campaign_name key_column columns control halt waiting canary_passed_at
     imported taken_out list_read_at confirmed_attempt_id confirmed_at created_at`,
  ),
  table('former_identities', 'campaign_id last_attempt_id template type campaign_name', 2),
  table(
    'imports',
    `id campaign_id file file_digest settings_digest rows recipients duplicates rejected changed_after_accepted
     imported_at`,
  ),
  table('rejections', 'id campaign_id line row_number phone reason column_name value cells'),
  table('duplicates', 'id campaign_id line first_line phone cells'),
  table(
    'runs',
    'id campaign_id pid host started_by started_at ended_at rate_per_second after_attempt_id halt ending',
  ),
  table('run_clocks', 'run_id after_attempt_id at boot_id monotonic_ms provider_offset_ms', 2),
  table(
    'deliveries',
    `id campaign_id person key phone country line import_id status reason due_at attempts transient_refusals deferrals
     first_attempt_at last_attempt_at http_status error_code error_message contact_id confirmation`,
  ),
  table('contents', 'delivery_id body header attachment repaired cells newer'),
  table(
    'attempts',
    'id delivery_id run_id started_at ended_at outcome live on_wire http_status error_code error_message',
  ),
  table('evidence', 'id delivery_id attempt_id kind detail recorded_by recorded_at'),
  table(
    'test_sends',
    `id workspace campaign template phone person press sent_values started_at ended_at outcome http_status error_code
     error_message`,
  ),
  table(
    'scans',
    `id sender purpose from_at started_at ended_at complete problem token pages records stale_pages clock_offset_ms
     first_offset_ms after_attempt_id boot_id monotonic_ms oldest_at`,
  ),
  table('scan_records', 'scan_id record_id created_at record', 2),
  table('scan_persons', 'scan_id person record_id', 3),
  table('scan_tokens', 'scan_id token', 2),
  table('scan_matches', 'scan_id record_id kind sent_id extra', 2),
  table('unsettled', 'delivery_id attempt_id scan_id reasons noted_at'),
  table('suppressions', 'workspace person campaign_id phone reason source added_at expires_at', 3),
  table('forgetting', 'only salt'),
  table('forgotten', 'fingerprint forgotten_at known_as'),
  table('template_lists', 'sender read_at templates'),
  table('rates', 'sender rate_per_second learned_at paused_until paused_at'),
  table(
    'launches',
    `id key workspace name file sender plan_digest confirmed options asked_by asked_at start_at watched_at state starter
     runner log started_at ended_at exit_code problems`,
  ),
  table('actions', 'id kind done_by done_at place workspace campaign subject was became'),
  table('settings', 'name value changed_by changed_at'),
  table(
    'approvals',
    `id workspace campaign plan_digest people note asked_by asked_at preparers state reason answered_by answered_at`,
  ),
  // Sessions stay: whoever is in enters anew.
  table('users', 'name roles password_hash oidc added_at changed_at'),
];

/** The first `keyed` columns are the key. */
function table(name: string, columns: string, keyed = 1): CopiedTable {
  const names = columns.split(/\s+/u);
  return { name, columns: names, key: names.slice(0, keyed) };
}

/** The table of this name. */
export function copiedTable(name: string): CopiedTable {
  const found = COPIED_TABLES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no table ${name} is copied`);
  return found;
}

/** The columns as a statement names them: one is called like a word of SQL. */
export function columnList(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

/** Rows at a time. */
const PAGE_ROWS = 2_000;

/** A page of a table in order of its key: the first one, or that behind the key `@k0`, `@k1`, … */
export function copiedPage({ name, columns, key }: CopiedTable, behind: boolean): string {
  const [keys, marks] = [columnList(key), key.map((_, index) => `@k${index}`).join(', ')];
  const where = behind ? `WHERE (${keys}) > (${marks})` : '';
  return `SELECT ${columnList(columns)} FROM ${name} ${where} ORDER BY ${keys} LIMIT ${PAGE_ROWS}`;
}

/** What fills the marks of a page behind this row. */
export function behindRow<Value>({ key }: CopiedTable, row: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(key.map((_, index) => [`k${index}`, row[index] as Value]));
}
