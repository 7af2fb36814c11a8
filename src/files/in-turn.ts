const LAST = new Map<string, Promise<unknown>>();

/**
 * Does things to one file of this process one after the other: what looks at a file and then writes it must not meet another
 * that does the same.
 */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = LAST.get(file) ?? Promise.resolve();
  const mine = before.then(work, work);
  LAST.set(file, mine);
  try {
    return await mine;
  } finally {
    if (LAST.get(file) === mine) LAST.delete(file);
  }
}
