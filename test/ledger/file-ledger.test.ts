import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeLedger } from './suite/describe-ledger.js';
import type { OpenLedger } from './suite/ledger-at-hand.js';
import { sqliteAt } from './suite/sqlite-at-hand.js';

const inAFile: OpenLedger = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ledger.db');
  return { ...sqliteAt(file), again: () => Promise.resolve(sqliteAt(file).ledger) };
};

describeLedger('a ledger of SQLite in a file', inAFile, 5);
