/** Values that one statement takes as a list. */
const AT_A_TIME = 5_000;

/** Parts of a list that one statement each can take, in order. */
export function* chunksOf<T>(all: readonly T[], size = AT_A_TIME): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
