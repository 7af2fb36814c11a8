import { beforeEach } from 'vitest';
import { useLedger } from '../ledger-of-test.js';
import { ABOUT_FILES } from './about-files.js';

/** With `PLAZCAST_TEST_LEDGER=postgres`, the commands of each test find an empty database where they would find a file. */
if (process.env['PLAZCAST_TEST_LEDGER'] === 'postgres') {
  beforeEach(async ({ task, skip }) => {
    const reason = ABOUT_FILES.get(task.name);
    if (reason !== undefined) skip(reason);
    const { emptyDatabase } = await import('./database.js');
    useLedger(await emptyDatabase());
  });
}
