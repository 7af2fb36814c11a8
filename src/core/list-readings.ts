/**
 * Tells whether records vanished from a list while it was read to its end, once and again. Where tokens count records, one
 * that is deleted moves all behind it up, and one of those past the reader. It was read itself, though, and is missing the next
 * time: so nothing that is still in the list slipped past both of two readings of which the second missed nothing.
 */
export class ListReadings {
  #before: Float64Array | null = null;
  #now = new Marks();

  /** Takes in a page. */
  see(records: readonly { readonly id: string }[]): void {
    for (const { id } of records) this.#now.add(markOf(id));
  }

  /** The end of a reading, whole from the beginning or not. Whether all came that the one before it saw, whole as well. */
  end(isWhole: boolean): boolean {
    const now = this.#now.all();
    const cameAgain = this.#before !== null && allCame(this.#before, now);
    this.#before = isWhole ? now : null;
    this.#now = new Marks();
    return cameAgain;
  }
}

/** What goes at the end of a list, as it is old, moves nothing. */
function allCame(before: Float64Array, now: Float64Array): boolean {
  const sorted = now.toSorted();
  let isMissing = false;
  for (const mark of before) {
    if (!isIn(sorted, mark)) isMissing = true;
    else if (isMissing) return false;
  }
  return true;
}

function isIn(sorted: Float64Array, mark: number): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < mark) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === mark;
}

/** Numbers in the order in which they came, 8 bytes each: a list of a workspace may have millions of records. */
class Marks {
  #room = new Float64Array(1_024);
  #count = 0;

  add(mark: number): void {
    if (this.#count === this.#room.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.#count] = mark;
    this.#count += 1;
  }

  all(): Float64Array {
    return this.#room.slice(0, this.#count);
  }
}

/** 53 bits of a text, mixed as in cyrb53: two of a million ids have the same in one of 18,000 lists. */
function markOf(id: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < id.length; index += 1) {
    const unit = id.charCodeAt(index);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 2 ** 32 * (low & 0x1fffff) + (high >>> 0);
}
