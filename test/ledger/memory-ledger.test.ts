import { describeLedger } from './suite/describe-ledger.js';
import { sqliteAt } from './suite/sqlite-at-hand.js';

describeLedger('a ledger of SQLite in memory', async () => {
  const made = sqliteAt(':memory:');
  return { ...made, again: () => Promise.resolve(made.ledger) };
});
