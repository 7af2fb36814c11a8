import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type CliEnd, type CliPlace, cliPlaceIn, type RunningCli } from '../support/run-cli.js';

/** What tells one machine from the others. */
export interface MachineSettings {
  readonly name: string;
  /** How far its wall clock is ahead. */
  readonly clockOffsetMs: number;
  /** Address of the ledger, as this machine reaches it. */
  readonly ledger: string;
  readonly env: Readonly<Record<string, string>>;
}

const PRELOAD = pathToFileURL(resolve('test/chaos/machine-preload.mjs')).href;
/** A machine that was turned away, or whose run ended, tries again after this: to start costs more than to send. */
const AGAIN_MS = 2_500;
/** Exit code of a run that leaves people whose fate is unknown. */
const NEEDS_A_PERSON = 1;

/** A computer of the team: a folder with the campaign, a state folder, a name, a clock; and what runs on it. */
export class Machine {
  readonly name: string;
  readonly place: CliPlace;
  /** How each command ended, in order. */
  readonly ends: CliEnd[] = [];
  readonly #settings: MachineSettings;
  readonly #remove: () => void;
  #running: RunningCli | null = null;
  #keepsOn = false;

  constructor(settings: MachineSettings) {
    this.#settings = settings;
    this.name = settings.name;
    const { name, clockOffsetMs, env } = settings;
    const { place, remove } = cliPlaceIn({
      ...env,
      NODE_OPTIONS: `--import ${PRELOAD}`,
      CHAOS_MACHINE: JSON.stringify({ name, bootId: `boot of ${name}`, clockOffsetMs }),
    });
    this.place = place;
    this.#remove = remove;
  }

  /** Runs one command to its end. */
  run(words: readonly string[]): Promise<CliEnd> {
    return this.place.start([...words, '--ledger', this.#settings.ledger]).ended;
  }

  /**
   * Runs this command again and again, as a team does that wants a campaign to end; and another one after each that had its
   * turn and left something.
   */
  async keepOn(words: readonly string[], after: readonly string[]): Promise<void> {
    this.#keepsOn = true;
    while (this.#keepsOn) {
      const end = await this.#ended(words);
      this.ends.push(end);
      if (end.code === NEEDS_A_PERSON && this.#keepsOn) await this.#ended(after);
      await pause(AGAIN_MS);
    }
  }

  async #ended(words: readonly string[]): Promise<CliEnd> {
    this.#running = this.place.start([...words, '--ledger', this.#settings.ledger]);
    const end = await this.#running.ended;
    this.#running = null;
    return end;
  }

  /** Sends a signal to what runs; false: nothing does. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#running?.process.kill(signal) ?? false;
  }

  /** What runs now may end; nothing is started any more. */
  rest(): void {
    this.#keepsOn = false;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
  }

  /** Ends everything and takes its folders away. */
  remove(): void {
    this.#keepsOn = false;
    this.signal('SIGCONT');
    this.#remove();
  }
}
