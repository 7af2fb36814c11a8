import { describe } from 'vitest';
import { actions } from './actions.js';
import { approvals } from './approvals.js';
import { audit } from './audit.js';
import { balance } from './balance.js';
import { campaigns } from './campaigns.js';
import { doNotContact } from './do-not-contact.js';
import { finding } from './finding.js';
import { gates } from './gates.js';
import { guards } from './guards.js';
import { imports } from './imports.js';
import { launches } from './launches.js';
import type { OpenLedger } from './ledger-at-hand.js';
import { limits } from './limits.js';
import { overviews } from './overviews.js';
import { forgetting } from './people.js';
import { reports } from './reports.js';
import { runs } from './runs.js';
import { settling } from './settling.js';
import { takenOut } from './taken-out.js';
import { team } from './team.js';
import { templates } from './templates.js';
import { wholeLedger } from './whole-ledger.js';

/**
 * What every ledger promises, whatever database holds it: all that a caller sees through the port, and what the schema
 * refuses past it.
 *
 * @param properties how many random sequences of acts a property tries: fewer where an act is slow
 */
export function describeLedger(kind: string, open: OpenLedger, properties = 20): void {
  describe(kind, () => {
    templates(open);
    wholeLedger(open);
    guards(open);
    campaigns(open);
    imports(open);
    runs(open);
    doNotContact(open);
    limits(open);
    takenOut(open);
    gates(open);
    settling(open);
    audit(open);
    reports(open);
    launches(open);
    actions(open);
    approvals(open);
    team(open);
    finding(open);
    overviews(open);
    forgetting(open);
    balance(open, properties);
  });
}
