/**
 * Tells whether records vanished from a list while it was read to its end, once and again. Where tokens count records, one
 * that is deleted moves all behind it up, and one of those past the reader. It was read itself, though, and is missing the next
 * time: so nothing that is still in the list slipped past both of two readings of which the second missed nothing.
 */
export class ListReadings {
  #before: ReadonlySet<string> | null = null;
  #now = new Set<string>();

  /** Takes in a page. */
  see(records: readonly { readonly id: string }[]): void {
    for (const { id } of records) this.#now.add(id);
  }

  /** The end of a reading, whole from the beginning or not. Whether all came that the one before it saw, whole as well. */
  end(isWhole: boolean): boolean {
    const cameAgain = this.#before !== null && this.#cameAgain(this.#before);
    this.#before = isWhole ? this.#now : null;
    this.#now = new Set();
    return cameAgain;
  }

  /** What goes at the end of a list, as it is old, moves nothing. */
  #cameAgain(before: ReadonlySet<string>): boolean {
    const missing = [...before].map((id) => !this.#now.has(id));
    const first = missing.indexOf(true);
    return first === -1 || missing.lastIndexOf(false) < first;
  }
}
