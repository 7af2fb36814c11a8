import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { failed, ok, type Problem, type Result, systemCode } from '../../core/problem.js';
import { makeFolders } from '../../files/make-folders.js';
import { Form, TOKEN_FIELD, type Upload } from './form.js';

/** As large as the largest recipients file that anybody is expected to bring. */
const MOST_FILE_BYTES = 200_000_000;
const MEGABYTE = 1_000_000;
/** What stays free on the disk for the ledger of a run that goes on. */
const LEFT_FREE_BYTES = 100_000_000;
const LIMITS = {
  fileSize: MOST_FILE_BYTES,
  files: 4,
  fields: 200,
  fieldNameSize: 100,
  fieldSize: MEGABYTE,
  parts: 204,
  headerPairs: 20,
  headerSize: 8_192,
};

/** Takes in forms with files: streamed to a folder that the owner alone can open, under names of our own. */
export class Uploads {
  readonly #parent: string;
  #folder: Promise<string> | null = null;
  readonly #now: () => number;
  #taken = 0;

  /** @param stateDir folder of plazcast's own; null: the system's for temporary files */
  constructor(stateDir: string | null, now: () => number) {
    this.#parent = stateDir ?? tmpdir();
    this.#now = now;
  }

  /**
   * Reads a whole form. What is not that form, is too large or has no room on the disk is a problem, and nothing of it stays.
   *
   * @param isToken whether a form token is the session's: it has to come before the first file
   */
  async receive(incoming: IncomingMessage, isToken: (given: string) => boolean): Promise<Result<Form>> {
    const expected = Number(incoming.headers['content-length'] ?? 0);
    if (expected > MOST_FILE_BYTES + MEGABYTE) return failed(tooLarge());
    const folder = await this.#own();
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < expected + LEFT_FREE_BYTES) return failed({ code: 'web.upload.no-room' });
    const reading = new Reading(() => join(folder, `upload-${++this.#taken}`), isToken);
    const problem = await reading.all(incoming);
    if (problem === null) return ok(new Form(reading.fields, reading.files));
    await reading.discard();
    return failed(problem);
  }

  /** Removes what a form brought and nobody moved elsewhere. */
  async discard(form: Form): Promise<void> {
    await Promise.all(form.uploads().map(({ path }) => rm(path, { force: true })));
  }

  async close(): Promise<void> {
    const folder = await this.#folder?.catch(() => null);
    if (folder != null) await rm(folder, { recursive: true, force: true });
  }

  /** The folder, made anew where somebody tidied it away. */
  async #own(): Promise<string> {
    const known = await this.#folder?.catch(() => null);
    if (known == null || !(await isThere(known))) this.#folder = this.#make();
    return this.#folder as Promise<string>;
  }

  async #make(): Promise<string> {
    makeFolders(this.#parent);
    await sweepFolders(this.#parent, this.#now() - LEFT_BEHIND_MS);
    return mkdtemp(join(this.#parent, PREFIX));
  }
}

const PREFIX = 'page-';
/** Longer than any form takes: what a server that was killed left behind is nobody's by then. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

async function isThere(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}

/** Takes away the folders of servers that were killed. */
async function sweepFolders(parent: string, before: number): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!OWN_FOLDER.test(name)) continue;
    const folder = join(parent, name);
    const found = await lstat(folder).catch(() => null);
    if (found?.isDirectory() === true && found.mtimeMs < before)
      await rm(folder, { recursive: true, force: true });
  }
}

const OWN_FOLDER = /^page-\w{6}$/u;

/** One form on its way in. */
class Reading {
  readonly fields = new URLSearchParams();
  readonly files = new Map<string, Upload>();
  readonly #nextPath: () => string;
  readonly #isToken: (given: string) => boolean;
  readonly #writing: Promise<void>[] = [];
  /** By field: where several came in one, only the first is taken, or the others would stay when the form is answered. */
  readonly #paths = new Map<string, string>();
  #problem: Problem | null = null;

  constructor(nextPath: () => string, isToken: (given: string) => boolean) {
    this.#nextPath = nextPath;
    this.#isToken = isToken;
  }

  /** Reads to the end. Returns what was wrong, or null. */
  async all(incoming: IncomingMessage): Promise<Problem | null> {
    const type = incoming.headers['content-type'] ?? '';
    try {
      const parts = new Busboy({ headers: { ...incoming.headers, 'content-type': type }, limits: LIMITS });
      const overfull = (): void => this.#fail({ code: 'web.form.too-large' });
      parts.on('field', (name, value, _cut, cut) => (cut ? overfull() : this.fields.append(name, value)));
      parts.on('file', (name, stream, fileName) => this.#file(name, stream, fileName));
      for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parts.on(limit, overfull);
      await pipeline(incoming, parts);
      await Promise.all(this.#writing);
    } catch (error) {
      await Promise.allSettled(this.#writing);
      this.#fail(problemOf(error));
    }
    return this.#problem ?? (this.#mayEnter() ? null : { code: 'web.refused.token' });
  }

  async discard(): Promise<void> {
    await Promise.all([...this.#paths.values()].map((path) => rm(path, { force: true })));
  }

  #file(field: string, stream: BusboyFileStream, name: string): void {
    // Nothing of a stranger's comes onto the disk. Browsers send a file without a name where none was chosen.
    const isTaken = this.#paths.has(field);
    if (name === '' || isTaken || !this.#mayEnter() || this.#problem !== null) return void stream.resume();
    const path = this.#nextPath();
    this.#paths.set(field, path);
    const written = pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 })).then(() => {
      if (stream.truncated) this.#fail(tooLarge());
      this.files.set(field, { path, name, bytes: stream.bytesRead });
    });
    // Looked at when all parts are read.
    written.catch(() => stream.resume());
    this.#writing.push(written);
  }

  #mayEnter(): boolean {
    return this.#isToken(this.fields.get(TOKEN_FIELD) ?? '');
  }

  #fail(problem: Problem): void {
    this.#problem ??= problem;
  }
}

function tooLarge(): Problem {
  return { code: 'web.upload.too-large', params: { megabytes: MOST_FILE_BYTES / MEGABYTE } };
}

function problemOf(error: unknown): Problem {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { code: 'web.upload.no-room' }
    : { code: 'web.upload.broken' };
}
