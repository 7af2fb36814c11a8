/** How the names of tests begin that tell nothing of a ledger in a database, and why. */
const ABOUT_FILES: readonly (readonly [begins: string, reason: string])[] = [
  ['a backup lies beside the ledger', 'a database is copied by pg_dump'],
  ['a backup goes nowhere else', 'a database is copied by pg_dump'],
  ['says that a run broke off', 'a run that dies is taken for alive until its lease ends'],
  [
    'the campaign: the message names process, host and time',
    'the campaign is held by a lease, and not by a file',
  ],
  [
    'the sender: the message names process, host and time',
    'who is not first stands in line, and is not refused',
  ],
  ['each workspace has its own list', 'it looks into the bytes of the file'],
  ['leaves neither number nor name in the bytes', 'it looks into the bytes of the file'],
  ['what is void by the time that a busy ledger is free', 'a database is never busy as a whole'],
  ['pieces of a person that may be left', 'another program reads the file'],
  ...[
    'by suppress',
    'by test is told',
    'by reconcile',
    'on the page is told there',
    'on the page of people is told',
  ].map((begins) => [begins, 'the log of a file is locked by a trigger of SQLite'] as const),
  ['a ledger that cannot be read is told in words', 'its file is moved away'],
  [
    'tells of a run that was stopped by Ctrl-Z',
    'the time is that of the database, which no test puts forward',
  ],
  ['where there is no ledger yet nobody is on the list', 'a database is always named, and may be mistyped'],
  ['not when its process is gone', 'what a file says of a holder is not asked'],
];

/** Why a test of this name is left out; null: it is not. */
export function reasonToSkip(name: string): string | null {
  return ABOUT_FILES.find(([begins]) => name.startsWith(begins))?.[1] ?? null;
}
