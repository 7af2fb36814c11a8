import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take more than ten seconds, the longest first. What begins last would go on alone when all others have
 * ended; Vitest itself knows how long a file takes only where it has run before, which a fresh checkout has not.
 */
const LONGEST = [
  'e2e/several-machines',
  'app/launch/lost-connection',
  'simulation/simulation',
  'run/fail-at-step',
  'security/files',
  'web/walk',
  'web/preparing',
  'web/send',
  'web/kills',
  'e2e/processes-kills',
  'e2e/detach',
  'web/at-work',
  'e2e/approved-shared',
  'security/installed',
  'web/screens',
  'web/workspace',
  'web/login',
  'web/keyboard',
  'e2e/backup',
  'web/live',
  'web/message',
  'web/wrong',
  'e2e/processes-locks',
  'report/libreoffice',
  'run/settling-beside',
  'e2e/html-report',
  'e2e/live-view',
  'e2e/lost-ledger',
  'e2e/processes-commands',
  'web/lists',
  'web/oidc',
  'e2e/taken-out',
  'e2e/exit-codes',
  'ledger/file-ledger',
  'ledger/postgres-leases',
  'ledger/postgres-ledger',
  'ledger/ledger-copy',
  'app/launch/launches',
  'app/launch/busy-ledger',
  'app/launch/killed-starter',
  'web/two-people',
  'web/ways-out',
  'e2e/lost-in-line',
  'recipients/xlsx/libreoffice',
  'e2e/questions',
  'run/reconcile',
  'web/browser',
  'web/people',
  'web/hostile-lists',
  'e2e/audience',
  'recipients/fuzz',
  'e2e/broken-output',
  'security/terminal',
  'e2e/busy-ledger',
  'security/certificates',
  'security/secrets',
  'security/redaction',
  'security/ordinary-files',
  'e2e/settling',
  'e2e/taken-out-since-backup',
  'e2e/hangup',
  'e2e/known-ledger',
  'e2e/conversations',
  'e2e/disk-full',
  'recipients/phone',
];

/** Begins with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    return others.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
}
