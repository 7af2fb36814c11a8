import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopCluster } from './cluster.js';

/** Gives the tests one folder for a database server, which the first of them that needs one starts. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-postgres-'));
  process.env['PLAZCAST_TEST_CLUSTER'] = folder;
  return () => {
    delete process.env['PLAZCAST_TEST_CLUSTER'];
    stopCluster(folder);
  };
}
