import type { Place } from '../../core/problem.js';
import type { RejectionReason, TranslateReason } from '../../core/recipient.js';
import { rowSentence } from '../../core/row-sentence.js';
import type { Cli } from '../command.js';

/** A number that cannot be read, so that somebody may be missing from the list. */
export interface Unreadable {
  readonly typed: string;
  readonly reason: RejectionReason;
  /** Where it stands, when it comes from a file or a list. */
  readonly at: Place | null;
}

const MOST_SHOWN = 20;
const MOST_KEPT = 1_000;

/** Numbers that cannot be read: all are counted, the first ones are kept to be shown. */
export class UnreadableNumbers {
  readonly #first: Unreadable[] = [];
  #count = 0;

  add(unreadable: Unreadable): void {
    this.#count += 1;
    if (this.#first.length < MOST_KEPT) this.#first.push(unreadable);
  }

  get count(): number {
    return this.#count;
  }

  /** Says each on stderr, up to a screenful. */
  tell({ terminal, translate }: Cli): void {
    if (this.#count === 0) return;
    terminal.aside(translate('suppress.cannot-read', { count: this.#count }));
    for (const { typed, reason, at } of this.#first.slice(0, MOST_SHOWN)) {
      const where = at?.line === undefined ? '' : `${translate('plan.line', { line: at.line })}: `;
      const why = translate(rowSentence(reason, cellOf(typed)));
      terminal.aside(`  ${where}${why}`);
    }
    const more = this.#count - MOST_SHOWN;
    if (more > 0) terminal.aside(`  ${translate('suppress.more', { count: more })}`);
  }

  /** For `--json`: the first thousand. */
  json({ translate }: Cli): readonly unknown[] {
    return this.#first.map(({ typed, reason, at }) => ({
      typed,
      reason,
      line: at?.line ?? null,
      message: translate(rowSentence(reason, cellOf(typed))),
    }));
  }
}

function cellOf(typed: string): Parameters<TranslateReason>[1] {
  return { column: '', value: typed };
}
