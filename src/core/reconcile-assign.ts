import { bestLikeness, isLikerThan, type Likeness, type SeenRecord, type SendTry } from './match.js';

/**
 * Where a send stands: `accepted`; `uncertain`; `requeued` (proven or declared absent, waiting to be sent again);
 * `other` (on its way, or given up): it may own a record, but nothing about it is to be settled.
 */
export type Standing = 'accepted' | 'uncertain' | 'requeued' | 'other';

/** Something this ledger sent, or may have sent, to a person: a delivery with all its attempts, or a test message. */
export interface KnownSend {
  readonly kind: 'delivery' | 'test';
  readonly id: number;
  readonly campaignId: number | null;
  readonly person: string;
  readonly standing: Standing;
  /** The attempt that evidence is about: the live one, else the last. Null for tests. */
  readonly attemptId: number | null;
  /** Record that stored evidence already gave it. */
  readonly ownRecordId: string | null;
  /** Its attempts that may have been executed, the earliest first; at least one. */
  readonly tries: readonly SendTry[];
}

/** A record that belongs to a send. */
export interface Match {
  readonly send: KnownSend;
  readonly record: SeenRecord;
  readonly likeness: Exclude<Likeness, 'possible' | 'none'>;
  /** True: no other send of this person could own the record, so a part of the list is enough to say so. */
  readonly unrivalled: boolean;
}

/**
 * Why a send has no record: `unlisted`: nothing like it was seen; `claimed`: a record fits it as well as the send
 * that owns the record; `unclear`: a record may be its own, but cannot be read well enough to say.
 */
export type Unmatched = 'unlisted' | 'claimed' | 'unclear';

/** Who owns which record. */
export interface Assignment {
  readonly matches: readonly Match[];
  readonly unmatched: ReadonlyMap<KnownSend, Unmatched>;
  /** Further records that fit a send which owns one already: somebody got it more than once. */
  readonly extra: readonly { readonly send: KnownSend; readonly record: SeenRecord }[];
}

/**
 * Gives the records of one person (and those that name nobody) to the sends to that person. Each record goes to one
 * send at most and each send gets one record at most: first what stored evidence says, then exact matches, then
 * near ones; in each the accepted sends before the uncertain ones, because they were surely executed, the earliest
 * attempt first, and each takes the earliest record that fits. The order of `sends` and `records` and repeated
 * records do not matter.
 */
export function assign(sends: readonly KnownSend[], records: readonly SeenRecord[]): Assignment {
  const inOrder = [...sends].sort(bySend);
  const distinct = [...new Map(records.map((record) => [record.id, record])).values()].sort(byRecord);
  const owners = new Map<SeenRecord, KnownSend>();
  const owned = new Map<KnownSend, SeenRecord>();
  const give = (send: KnownSend, record: SeenRecord): void => {
    owners.set(record, send);
    owned.set(send, record);
  };
  for (const send of inOrder) {
    const record = distinct.find(({ id }) => id === send.ownRecordId);
    if (record !== undefined && !owners.has(record)) give(send, record);
  }
  for (const wanted of ['exact', 'near'] as const) {
    for (const send of inOrder) {
      if (owned.has(send)) continue;
      const record = distinct.find((one) => !owners.has(one) && likenessOf(send, one) === wanted);
      if (record !== undefined) give(send, record);
    }
  }
  return {
    matches: [...owned].map(([send, record]) => matchOf(send, record, inOrder)),
    unmatched: new Map(
      inOrder.filter((send) => !owned.has(send)).map((send) => [send, whyUnmatched(send, distinct, owners)]),
    ),
    extra: distinct.flatMap((record) => extraOf(record, inOrder, owners)),
  };
}

function likenessOf(send: KnownSend, record: SeenRecord): Likeness {
  return bestLikeness(send.person, send.tries, record);
}

function matchOf(send: KnownSend, record: SeenRecord, sends: readonly KnownSend[]): Match {
  const unrivalled = !sends.some((other) => other !== send && isPresence(likenessOf(other, record)));
  const found = likenessOf(send, record);
  return { send, record, likeness: found === 'exact' ? 'exact' : 'near', unrivalled };
}

/** A record that another send owns by a stronger likeness says nothing about this one. */
function whyUnmatched(
  send: KnownSend,
  records: readonly SeenRecord[],
  owners: ReadonlyMap<SeenRecord, KnownSend>,
): Unmatched {
  let unclear = false;
  for (const record of records) {
    const found = likenessOf(send, record);
    const owner = owners.get(record);
    if (found === 'none' || (owner !== undefined && isLikerThan(likenessOf(owner, record), found))) continue;
    if (isPresence(found)) return 'claimed';
    unclear = true;
  }
  return unclear ? 'unclear' : 'unlisted';
}

function extraOf(
  record: SeenRecord,
  sends: readonly KnownSend[],
  owners: ReadonlyMap<SeenRecord, KnownSend>,
): Assignment['extra'] {
  if (owners.has(record)) return [];
  const send =
    sends.find((one) => likenessOf(one, record) === 'exact') ??
    sends.find((one) => likenessOf(one, record) === 'near');
  return send === undefined ? [] : [{ send, record }];
}

function isPresence(found: Likeness): boolean {
  return found === 'exact' || found === 'near';
}

function bySend(a: KnownSend, b: KnownSend): number {
  return (
    Number(b.standing === 'accepted') - Number(a.standing === 'accepted') ||
    startOf(a) - startOf(b) ||
    a.kind.localeCompare(b.kind) ||
    a.id - b.id
  );
}

function startOf(send: KnownSend): number {
  return Math.min(...send.tries.map((attempt) => attempt.startedAt));
}

/** Records whose time cannot be read come last. */
function byRecord(a: SeenRecord, b: SeenRecord): number {
  const [first, second] = [a.at ?? Number.MAX_SAFE_INTEGER, b.at ?? Number.MAX_SAFE_INTEGER];
  return first - second || (a.id < b.id ? -1 : Number(a.id > b.id));
}
