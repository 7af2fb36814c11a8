import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { harmlessJson, harmlessLines } from '../core/harmless.js';
import { type Redact, redacted, redactor } from '../core/redaction.js';
import { type Asks, asksOn } from './asks.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import type { Host, HostOutput } from './host.js';
import { brokenLines } from './progress/text.js';

/** Something that is drawn over itself at the bottom of the screen. */
interface LiveRegion {
  /** Takes the picture off the screen, so that something can be written in its place. */
  readonly lift: () => void;
  /** Draws it again, below what was written. */
  readonly drop: () => void;
}

/**
 * Where a command writes: results to stdout, everything else to stderr when `--json` owns stdout. Texts from outside are made
 * harmless before they come here, so that nothing in them is taken for a colour; whatever else of that kind arrives is
 * written out, too, and no credential that is to be hidden passes.
 */
export interface Terminal {
  readonly json: boolean;
  readonly colours: Colours;
  /** Colours of what is drawn on stderr. */
  readonly liveColours: Colours;
  /** Whether progress can be drawn over itself, on stderr. */
  readonly live: boolean;
  /** Whether lines for people go to a screen, and not into a file or another program. */
  readonly onScreen: boolean;
  /** Whether a question can be asked. */
  readonly canAsk: boolean;
  /** Where the next question is asked and answered; anew for each. */
  readonly asks: () => Asks;
  /** Where pictures are drawn over themselves: stderr. */
  readonly screen: HostOutput;
  /** Columns of the screen, 80 where that is not known. */
  readonly columns: () => number;
  /** Lines of the screen, 24 where that is not known. */
  readonly rows: () => number;
  /** Until `null` is given, whatever else is written goes above this picture. */
  readonly hold: (region: LiveRegion | null) => void;
  /** A line for people. */
  readonly line: (text?: string) => void;
  /** A line for people that is never part of a result: errors, notices, progress. */
  readonly aside: (text: string) => void;
  /** The one JSON document of `--json`. */
  readonly document: (value: unknown) => void;
  /**
   * A piece of a result, such as a report sent to stdout: exact for a program or a file. Resolves when more may be written, or when the reader went
   * away. Rejects with a `CommandFailure` when it cannot be written, as on a full disk, and for bytes on a screen.
   */
  readonly raw: (piece: string | Uint8Array) => Promise<void>;
  /** A text as it may be shown by other means than these, such as a picture that is drawn over itself. */
  readonly fit: (text: string) => string;
  /** From now on none of these credentials is written, whoever says it. */
  readonly hide: (secrets: readonly (string | null)[]) => void;
  /** Why stdout could not be written so far, such as `ENOSPC`; null: it could, or its reader went away. */
  readonly unwritten: () => string | null;
  /**
   * Until the returned function is called, a screen that stands still (Ctrl-S, a stuck window) keeps nobody waiting: what
   * is written meanwhile is shown later.
   */
  readonly neverWait: () => () => void;
}

/** Colours of the terminal; every function leaves text as it is when colours are off. */
type Colours = ReturnType<typeof pc.createColors>;

/** What the terminal is made from. */
export interface TerminalOptions {
  readonly json: boolean;
  readonly colour: boolean;
  readonly yes: boolean;
}

/**
 * The terminal of a process. Whatever becomes of it (a reader that went away, a screen that was closed, a full disk),
 * what the command does goes on.
 */
export function openTerminal(
  options: TerminalOptions,
  { env, stdin, stdout, stderr }: Pick<Host, 'env' | 'stdin' | 'stdout' | 'stderr'>,
): Terminal {
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
  let unwritten: string | null = null;
  stdout.on('error', ({ code = 'EIO' }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') unwritten ??= code;
  });
  const people = options.json ? stderr : stdout;
  const liveColour = options.colour && wantsColours(stderr, env);
  const peopleColour = options.colour && wantsColours(people, env);
  let held: LiveRegion | null = null;
  let hidden: readonly (string | null)[] = [];
  let redact: Redact = redactor(hidden);
  const writeAbove = (stream: HostOutput, text: string): void => {
    held?.lift();
    stream.write(text);
    held?.drop();
  };
  return {
    json: options.json,
    colours: pc.createColors(peopleColour),
    liveColours: pc.createColors(liveColour),
    live: stderr.isTTY === true && env['TERM'] !== 'dumb' && env['CI'] === undefined,
    onScreen: people.isTTY === true,
    canAsk: stdin.isTTY === true && stderr.isTTY === true && !options.yes,
    asks: () => asksOn(stdin, stderr),
    screen: stderr,
    columns: () => widthOf(stderr),
    rows: () => stderr.rows || 24,
    hold: (region) => {
      held = region;
    },
    line: (text = '') => writeAbove(people, `${fitted(shownText(redact(text), peopleColour), people)}\n`),
    // Coloured for stdout, and stderr may be a file.
    aside: (text) => {
      const own = liveColour ? text : stripVTControlCharacters(text);
      writeAbove(stderr, `${fitted(shownText(redact(own), liveColour), stderr)}\n`);
    },
    document: (value) => void stdout.write(`${harmlessJson(redacted(value, redact, 'own'), 2)}\n`),
    raw: async (piece) => {
      const shown = stdout.isTTY === true ? shownPiece(piece) : piece;
      if (!stdout.write(shown)) await roomOrEnd(stdout);
      if (unwritten !== null) throw unwritable(unwritten);
    },
    fit: (text) => shownText(redact(text), liveColour),
    hide: (secrets) => {
      hidden = [...hidden, ...secrets];
      redact = redactor(hidden);
    },
    unwritten: () => unwritten,
    neverWait: () => {
      const screens = [stdout, stderr].filter(({ isTTY }) => isTTY === true);
      for (const screen of screens) setBlocking(screen, false);
      return () => {
        for (const screen of screens) setBlocking(screen, true);
      };
    },
  };
}

/** Colours as picocolors writes them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what begins a colour.
const COLOURS = /(\u001b\[[\d;]*m)/u;

/** Lines with nothing but text and, where there are any, colours in them. */
function shownText(text: string, coloured: boolean): string {
  if (!coloured) return harmlessLines(text);
  const parts = text.split(COLOURS);
  return parts.map((part, index) => (index % 2 === 1 ? part : harmlessLines(part))).join('');
}

/** A screen would obey what it takes for controls in them. */
function shownPiece(piece: string | Uint8Array): string {
  if (typeof piece === 'string') return harmlessTable(piece);
  throw new CommandFailure(EXIT.unusable, [{ code: 'cli.bytes-on-screen' }]);
}

/** A table on a screen: line ends and tabs stay, everything else in it is only shown. */
function harmlessTable(text: string): string {
  const lines = text.split('\r\n').map((line) => line.split('\t').map(harmlessLines).join('\t'));
  return lines.join('\r\n');
}

/** On a screen lines break between words; a file or another program gets them whole. */
function fitted(text: string, stream: HostOutput): string {
  return stream.isTTY === true ? brokenLines(text, widthOf(stream) - 1).join('\n') : text;
}

/** Some terminals, such as those of CI, say that they have no width. */
function widthOf({ columns }: HostOutput): number {
  return columns === undefined || columns < 1 ? 80 : columns;
}

/** Resolves when more may be written, or when the reader went away: then no room ever comes. */
function roomOrEnd(stream: HostOutput): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('error', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('error', done);
  });
}

/** The failure of a command whose result cannot be written to stdout. */
export function unwritable(detail: string): CommandFailure {
  return new CommandFailure(EXIT.unusable, [{ code: 'cli.stdout-unwritable', params: { detail } }]);
}

/** Node makes screens blocking, and has no public way to take that back: https://nodejs.org/api/process.html#a-note-on-process-io. */
function setBlocking(screen: HostOutput, blocking: boolean): void {
  const { _handle: handle } = screen as {
    readonly _handle?: { setBlocking?: (blocking: boolean) => number };
  };
  handle?.setBlocking?.(blocking);
}

/** https://no-color.org and https://force-color.org. */
function wantsColours(stream: HostOutput, env: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}
