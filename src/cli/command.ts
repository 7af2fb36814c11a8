import type { Options } from 'yargs';
import type { App } from '../app/app.js';
import type { CampaignChoice } from '../app/open-ledger.js';
import type { Translate } from '../core/problem.js';
import type { Permission } from '../core/team/roles.js';
import type { Language, PlainCode } from '../locales/index.js';
import type { Host } from './host.js';
import type { Log } from './log/open-log.js';
import type { Terminal } from './terminal.js';

/** An option with the code of its description. */
export type OptionSpec = Omit<Options, 'describe' | 'description'> & { readonly about: PlainCode };

/** Parsed arguments; read them with `Args`. */
export type RawArgs = Readonly<Record<string, unknown>>;

/** What every command gets. */
export interface Cli extends App {
  readonly translate: Translate;
  readonly language: Language;
  /** The process that the command runs in. */
  readonly host: Host;
  readonly terminal: Terminal;
  /** The log that the log options ask for, or null. */
  readonly log: Log | null;
}

/** A command as the list of commands shows it. The rest is loaded when it is asked for. */
export interface CommandEntry {
  /** As yargs has it: `send <campaign..>`. */
  readonly usage: string;
  readonly about: PlainCode;
  readonly details: () => Promise<CommandDetails>;
}

/** What the help of one command shows, and what the command does. `run` imports its own code, so that help is quick. */
export interface CommandDetails {
  readonly positionals?: Readonly<
    Record<string, { readonly about: PlainCode; readonly choices?: readonly string[] }>
  >;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What who acts needs, where she is a user. */
  readonly permission: Permission | ((args: Args) => Permission);
  /** It does not look into the ledger. */
  readonly withoutLedger?: true;
  /** Command lines, each with what it does. */
  readonly examples: readonly (readonly [commandLine: string, about: PlainCode])[];
  /** What it does counts, and not whether what it says can be written: its exit code never tells of a broken stdout. */
  readonly outlivesOutput?: true;
  /** Returns the exit code. */
  readonly run: (args: Args, cli: Cli) => Promise<number>;
}

/** A command with everything that reading its command line needs. */
export type CommandSpec = Omit<CommandEntry, 'details'> & CommandDetails;

/** Typed access to parsed arguments. Phones and ids stay strings because every option is declared as one. */
export class Args {
  readonly #raw: RawArgs;

  constructor(raw: RawArgs) {
    this.#raw = raw;
  }

  /** A text, or null when it was not given. */
  text(name: string): string | null {
    const value = this.#raw[name];
    if (Array.isArray(value)) return String(value.at(-1));
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  }

  /** A text that the parser made sure is there. */
  required(name: string): string {
    const value = this.text(name);
    if (value === null) throw new Error(`the argument ${name} is missing after parsing`);
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.#raw[name];
    if (Array.isArray(value)) return value.map(String);
    return typeof value === 'string' ? [value] : [];
  }

  flag(name: string): boolean {
    return this.#raw[name] === true;
  }

  /** Every value as it was given, for tables of options. */
  raw(name: string): unknown {
    return this.#raw[name];
  }
}

/** Which campaign of the ledger a command is about. */
export function campaignChoice(args: Args): CampaignChoice {
  return { campaign: args.required('campaign'), sandbox: args.flag('sandbox') };
}
