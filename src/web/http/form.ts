import type { IncomingMessage } from 'node:http';
import { failed, ok, type Result } from '../../core/problem.js';

/** A file that came with a form: it lies in a private folder until the form was answered. */
export interface Upload {
  /** Where it lies, under a name of our own. */
  readonly path: string;
  /** What the browser calls it: a text from outside, never part of a path. */
  readonly name: string;
  readonly bytes: number;
}

/** What a form brought. */
export class Form {
  readonly #fields: URLSearchParams;
  readonly #files: ReadonlyMap<string, Upload>;

  constructor(fields: URLSearchParams, files: ReadonlyMap<string, Upload> = new Map()) {
    this.#fields = fields;
    this.#files = files;
  }

  /** A field without the space around it; '' where it was left empty or is not there. */
  text(name: string): string {
    return (this.#fields.get(name) ?? '').trim();
  }

  /** The same, null where nothing was typed. */
  textOrNull(name: string): string | null {
    return this.text(name) || null;
  }

  /** A field exactly as it was typed. */
  verbatim(name: string): string {
    return this.#fields.get(name) ?? '';
  }

  /** Every value of a field with several boxes. */
  texts(name: string): readonly string[] {
    return this.#fields.getAll(name);
  }

  /** Whether a box was ticked. */
  flag(name: string): boolean {
    return this.#fields.has(name);
  }

  /** A file that was chosen; null: none. */
  file(name: string): Upload | null {
    return this.#files.get(name) ?? null;
  }

  /** Every file that came along. */
  uploads(): readonly Upload[] {
    return [...this.#files.values()];
  }

  /** Every field but the form's own, so that a question in between can carry them on. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#fields].filter(([name]) => name !== TOKEN_FIELD);
  }
}

/** The field that holds the form token; it stands before all others. */
export const TOKEN_FIELD = 'form_token';

/** The field that holds the hosts that the reader vouches for. */
export const TRUST_FIELD = 'trust_host';

/** More than any form of the page that has no file. */
const MOST_BYTES = 1_000_000;
const MOST_FIELDS = 2_000;
/** What was typed takes no longer on its way; the form to log in, which anybody may begin, is one of these. */
const LONGEST_MS = 60_000;

/** Reads a form without files, as far as it may be long; one that does not come to its end ends its connection. */
export async function readFields(
  incoming: IncomingMessage,
  longestMs = LONGEST_MS,
): Promise<Result<URLSearchParams>> {
  const tooLarge = failed({ code: 'web.form.too-large' });
  if (Number(incoming.headers['content-length'] ?? 0) > MOST_BYTES) return tooLarge;
  const pieces: Buffer[] = [];
  let bytes = 0;
  const late = setTimeout(() => incoming.destroy(), longestMs);
  try {
    for await (const piece of incoming as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) return tooLarge;
      pieces.push(piece);
    }
  } catch {
    // Nobody is there any more to be answered.
    return failed({ code: 'web.form.unreadable' });
  } finally {
    clearTimeout(late);
  }
  const fields = new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
  return fields.size > MOST_FIELDS ? tooLarge : ok(fields);
}
