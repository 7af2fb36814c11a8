import { setFlagsFromString } from 'node:v8';

/*
 * How much memory V8 takes beyond what is in use. None of it is ever given back, and V8 reads each of these flags
 * whenever it decides. Measured on Node 20 with a million rows.
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

/** From here on the young generation stays as it is. To be said again after a thread began: V8 then sets it back. */
export function keepYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * From here on the young generation may double up to 32 MB. Sending gains nothing by it; reading a million rows takes
 * a quarter less time: a row lives as long as two batches, and in a small young generation it survives and is moved.
 */
export function growYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
