import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { commandApart, toldDocument } from '../../../app/apart/command-apart.js';
import type { Answer } from '../../http/answer.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';

/** A list that was read, or why there is none. */
type ReadApart =
  | {
      readonly kind: 'read';
      readonly list: ReadList;
    }
  | { readonly kind: 'not-read'; readonly texts: readonly string[] };

/** A list in a private folder, which whoever takes the file removes. */
export interface ReadList {
  readonly file: string;
  readonly folder: string;
  /** Why it broke off; null: it did not. */
  readonly brokeOff: string | null;
  /** People that a campaign can be sent to; null: it is no list for a campaign. */
  readonly people: number | null;
  /** Conversations that are not in it. */
  readonly leftOut: number;
}

interface ListDocument {
  readonly file?: string | null;
  readonly complete?: boolean;
  readonly audience?: number;
  readonly dropped?: Readonly<Record<string, number>>;
  readonly problem?: { readonly message: string } | null;
  readonly problems?: readonly { readonly message: string }[];
}

/** Has a command write a list into a private folder, in a process of its own. */
export async function readApart(visit: Visit, words: readonly string[], end: string): Promise<ReadApart> {
  const folder = await mkdtemp(join(tmpdir(), 'plazcast-list-'));
  const file = join(folder, `list.${end}`);
  const document = await told(visit, [...words, `--output=${file}`, '--json']);
  if (document.kind === 'not-read' || typeof document.told.file !== 'string') {
    await removeList({ folder });
    return document.kind === 'not-read' ? document : { kind: 'not-read', texts: why(visit, document.told) };
  }
  const { complete, audience = null, dropped = {} } = document.told;
  const leftOut = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  const brokeOff = complete === false ? why(visit, document.told).join(' ') : null;
  return { kind: 'read', list: { file, folder, brokeOff, people: audience, leftOut } };
}

/** Hands a list to the browser. One that broke off says so in its name. Nothing of it stays here. */
export function handedOver(list: ReadList, name: string): Answer {
  const end = extname(list.file);
  return {
    kind: 'download',
    name: `${name}${list.brokeOff === null ? '' : '-incomplete'}${end}`,
    type: end === '.csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    chunks: chunksOf(list),
  };
}

/** Takes it away again. */
export function removeList({ folder }: Pick<ReadList, 'folder'>): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

async function told(
  visit: Visit,
  words: readonly string[],
): Promise<
  { readonly kind: 'told'; readonly told: ListDocument } | Extract<ReadApart, { kind: 'not-read' }>
> {
  const { app, site, language } = visit;
  const begun = await commandApart(words, { launcher: site.launcher, language }, app);
  const document = begun.ok ? await toldDocument(begun.value) : begun;
  return document.ok
    ? { kind: 'told', told: document.value.document as ListDocument }
    : { kind: 'not-read', texts: document.problems.map((problem) => problemText(visit, problem)) };
}

function why({ translate }: Visit, { problem, problems = [] }: ListDocument): readonly string[] {
  const said = [...problems, ...(problem == null ? [] : [problem])].map(({ message }) => message);
  return said.length > 0 ? said : [translate('web.lists.nothing')];
}

async function* chunksOf(list: ReadList): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(list.file);
  } finally {
    await removeList(list);
  }
}
