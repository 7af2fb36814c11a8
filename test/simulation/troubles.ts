/**
 * What may befall a world beyond crashes, a failing disk and a faulty network: what an operator does, what clocks do,
 * and what kinds of campaigns and providers there are. Each can be switched on and off by its name.
 */
export const TROUBLES = [
  // Acts of an operator, between runs or (…-in-run) while one goes on.
  'suppress',
  'suppress-in-run',
  'suppress-while-out',
  'take-off-list',
  'suppress-file',
  'cancel',
  'cancel-in-run',
  'pause',
  'remove-rows',
  'return-rows',
  'add-rows',
  'change-values',
  'retry',
  'declare',
  'reconcile',
  'audit',
  'test',
  'test-unanswered',
  'restore-backup',
  'other-ledger',
  'ledger-taken-away',
  'edit-key',
  'rename',
  // Clocks.
  'set-clock',
  'set-clock-in-run',
  'reboot',
  'suspend',
  'set-provider-clock',
  // Campaigns and providers.
  'several-orders',
  'twin-campaigns',
  'individual',
  'per-recipient',
  'run-limit',
  'opt-out',
  'echo',
  'short-memory',
] as const;

/** Name of a trouble. */
export type Trouble = (typeof TROUBLES)[number];

/**
 * The troubles that a text asks for: `all`, `none`, names, and names with `+` or `-` before them that change what is on
 * by itself. Throws at a name that nobody knows.
 */
export function troublesOf(text: string): ReadonlySet<Trouble> {
  const words = text.split(',').filter((word) => !/^[+-]?$/u.test(word));
  const relative = words.some((word) => /^[+-]/u.test(word));
  const chosen = new Set<Trouble>(relative ? TROUBLES : []);
  for (const word of words) {
    if (word === 'all') for (const trouble of TROUBLES) chosen.add(trouble);
    else if (word === 'none') chosen.clear();
    else if (word.startsWith('-')) chosen.delete(named(word.slice(1)));
    else chosen.add(named(word.replace(/^\+/u, '')));
  }
  return chosen;
}

function named(word: string): Trouble {
  const found = TROUBLES.find((trouble) => trouble === word);
  if (found === undefined) throw new Error(`there is no trouble "${word}": ${TROUBLES.join(', ')}`);
  return found;
}
