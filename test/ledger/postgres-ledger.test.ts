import { describeLedger } from './suite/describe-ledger.js';
import { inPostgres } from './suite/postgres-at-hand.js';

describeLedger('a ledger of PostgreSQL', inPostgres, 3);
