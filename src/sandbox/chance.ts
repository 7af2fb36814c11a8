/**
 * A number in [0, 1) that depends on its arguments alone: the same seed and the same keys give the same
 * number, in whatever order requests arrive.
 */
export function chance(seed: number, ...keys: readonly (string | number)[]): number {
  return hashOf(seed, keys) / 0x1_0000_0000;
}

/** Sixteen hexadecimal digits that are always the same for the same texts: an id, not a secret. */
export function fingerprint(...texts: readonly string[]): string {
  return [hashOf(1, texts), hashOf(2, texts)].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** FNV-1a over the keys, then MurmurHash3's finalizer to spread the bits. */
function hashOf(seed: number, keys: readonly (string | number)[]): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (const key of keys) {
    const text = String(key);
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    // A separator, so that ('ab', 'c') and ('a', 'bc') differ.
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One of the items, by the same chance; `undefined` only for an empty list. */
export function oneOf<T>(
  items: readonly T[],
  seed: number,
  ...keys: readonly (string | number)[]
): T | undefined {
  return items[Math.floor(chance(seed, ...keys) * items.length)];
}
