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
  | { readonly kind: 'read'; readonly answer: Answer }
  | { readonly kind: 'not-read'; readonly texts: readonly string[] };

interface ListDocument {
  readonly file?: string | null;
  readonly complete?: boolean;
  readonly problem?: { readonly message: string } | null;
  readonly problems?: readonly { readonly message: string }[];
}

/**
 * Has a command write a list into a private folder, in a process of its own, and hands it to the browser. One that
 * broke off says so in its name. Nothing of it stays here.
 */
export async function readApart(visit: Visit, words: readonly string[], name: string): Promise<ReadApart> {
  const folder = await mkdtemp(join(tmpdir(), 'plazcast-list-'));
  const file = join(folder, `list${extname(name)}`);
  const document = await told(visit, [...words, `--output=${file}`, '--json']);
  if (document.kind === 'not-read' || typeof document.told.file !== 'string') {
    await rm(folder, { recursive: true, force: true });
    return document.kind === 'not-read' ? document : { kind: 'not-read', texts: why(visit, document.told) };
  }
  const isWhole = document.told.complete !== false;
  const end = extname(name);
  return {
    kind: 'read',
    answer: {
      kind: 'download',
      name: isWhole ? name : `${name.slice(0, -end.length)}-incomplete${end}`,
      type: end === '.csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      chunks: handedOver(file, folder),
    },
  };
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

async function* handedOver(file: string, folder: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
