import { beforeEach } from 'vitest';
import { useLedger } from '../ledger-of-test.js';
import { reasonToSkip } from './about-files.js';

/** With `PLAZCAST_TEST_LEDGER=postgres`, the commands of each test find an empty database where they would find a file. */
if (process.env['PLAZCAST_TEST_LEDGER'] === 'postgres') {
  beforeEach(async ({ task, skip }) => {
    const reason = reasonToSkip(task.name);
    if (reason !== null) skip(reason);
    const { emptyDatabase } = await import('./database.js');
    useLedger(await emptyDatabase());
  });
}
