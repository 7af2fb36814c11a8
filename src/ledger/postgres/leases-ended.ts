import type { LeaseSql } from '../sql/uncertain.js';
import { LEASE_TERMS } from './lease.js';

/** Of a run whose owner gave its lease back, nothing is left to be waited for. */
const LENT = "FROM runs r WHERE r.id = a.run_id AND r.lease_until > '-infinity'";
const MARGIN_MS = LEASE_TERMS.marginMs;

/**
 * When the lease of a run was over that a machine had which was lost: until then it could send what it had claimed. By this
 * server's clock, with the margin by which clocks of two machines may differ.
 */
export const LEASES: LeaseSql = {
  endedAt: `
    (SELECT CAST(extract(epoch FROM r.lease_until) * 1000 AS bigint) + ${MARGIN_MS} ${LENT})`,
  sinceMs: `
    (SELECT CAST(extract(epoch FROM coalesce((SELECT s.began_at FROM scans s WHERE s.id = CAST(@scanId AS bigint)),
      clock_timestamp()) - r.lease_until) * 1000 AS bigint) - ${MARGIN_MS} ${LENT})`,
};
