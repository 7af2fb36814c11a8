import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/*
 * How much memory V8 takes beyond what is in use. It gives hardly any of it back by itself, and reads each of these
 * flags whenever it decides. Measured on Node 20 with a million rows.
 */

/**
 * Before the modules of a run are loaded. The young generation stays as it is; the old one is looked through when it
 * has grown by half, not by several times; and undici's parser of answers, which is WebAssembly, stays with the code
 * of V8's first compiler: the second one takes 34 MB for a moment and 10 MB for good, at no gain that shows.
 */
export function keepHeapSmall(): void {
  keepYoungGeneration();
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

/**
 * From here on the young generation stays as it is, and nothing is collected out of turn. To be said again after a
 * thread began: V8 then sets it back.
 */
export function keepYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-optimize-for-size');
  setFlagsFromString('--no-stress-incremental-marking');
}

/**
 * From here on the young generation may double up to 32 MB. Sending gains nothing by it; reading a million rows takes
 * a quarter less time: a row lives as long as two batches, and in a small young generation it survives and is moved.
 */
export function growYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** A young generation of this size is not worth a collection. */
const SMALL_BYTES = 4 * 1024 * 1024;

/**
 * Gives back by and by what the young generation grew to, if it did: V8 begins to mark at the next occasion, and what
 * was marked for the sake of size ends with a small young generation. A collection that is called for would not shrink
 * it. To be ended with `keepYoungGeneration`. After a million rows 125 MB are left of 170; sending under it would take
 * a sixth more processor.
 */
export function shrinkYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if (young === undefined || young.space_size <= SMALL_BYTES) return;
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--stress-incremental-marking');
}
