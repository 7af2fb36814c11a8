/** How much of a story is kept. */
export type StoryDepth = 'nothing' | 'happenings' | 'steps';

/** What happened in a world, word by word, and which of its troubles are left out. */
export class Story {
  readonly #keep: StoryDepth;
  readonly #told: string[] = [];
  /** Troubles in the order in which they came. */
  readonly #leftOut: ReadonlySet<number>;
  #troubles = 0;
  #fingerprint = 0x811c9dc5;

  /**
   * @param keep what to keep for somebody who reads it: nothing, what happened, or every step, too
   * @param leftOut numbers of the troubles that do not happen, from 1
   */
  constructor(keep: StoryDepth, leftOut: ReadonlySet<number> = new Set()) {
    this.#keep = keep;
    this.#leftOut = leftOut;
  }

  get told(): readonly string[] {
    return this.#told;
  }

  /** How many troubles came, left out or not. */
  get troubles(): number {
    return this.#troubles;
  }

  /** Two lives of the same seed tell the same story. */
  get fingerprint(): string {
    return (this.#fingerprint >>> 0).toString(16).padStart(8, '0');
  }

  /** Something happened. */
  tell(nowMs: number, text: string): void {
    this.#say(nowMs, text, this.#keep !== 'nothing');
  }

  /** A step that a process made. */
  step(nowMs: number, text: string): void {
    this.#say(nowMs, text, this.#keep === 'steps');
  }

  /** One more trouble; false: it is left out. */
  happens(nowMs: number, text: string): boolean {
    this.#troubles += 1;
    if (this.#leftOut.has(this.#troubles)) return false;
    this.tell(nowMs, `» ${this.#troubles}. ${text}`);
    return true;
  }

  #say(nowMs: number, text: string, kept: boolean): void {
    const line = `${momentOf(nowMs)} ${text}`;
    if (kept) this.#told.push(line);
    for (let index = 0; index < line.length; index += 1) {
      this.#fingerprint = Math.imul(this.#fingerprint ^ line.charCodeAt(index), 0x01000193);
    }
  }
}

/** `1:02:03.4`: hours, minutes and seconds since the beginning. */
function momentOf(nowMs: number): string {
  const seconds = nowMs / 1_000;
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${minutes}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;
}
