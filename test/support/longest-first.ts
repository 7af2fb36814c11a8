import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take more than ten seconds, the longest first. What begins last would go on alone when all others have
 * ended; Vitest itself knows how long a file takes only where it has run before, which a fresh checkout has not.
 */
const LONGEST = [
  'simulation/simulation',
  'run/fail-at-step',
  'security/files',
  'web/preparing',
  'web/send',
  'e2e/processes-kills',
  'e2e/detach',
  'security/installed',
  'web/screens',
  'web/workspace',
  'web/live',
  'web/message',
  'web/wrong',
  'e2e/processes-locks',
  'report/libreoffice',
  'run/settling-beside',
  'e2e/retry',
  'e2e/help',
  'e2e/html-report',
  'e2e/live-view',
  'e2e/lost-ledger',
  'e2e/processes-commands',
  'e2e/taken-out',
  'e2e/exit-codes',
  'ledger/file-ledger',
  'ledger/postgres-leases',
  'ledger/postgres-ledger',
  'ledger/ledger-copy',
  'app/launch/launches',
  'recipients/xlsx/libreoffice',
  'e2e/questions',
  'run/accepted-beside',
  'run/reconcile',
  'web/browser',
  'web/uploads',
  'web/people',
  'recipients/fuzz',
  'e2e/broken-output',
  'security/terminal',
  'e2e/busy-ledger',
  'security/certificates',
  'security/secrets',
  'security/redaction',
  'security/ordinary-files',
  'e2e/cut-everywhere',
  'e2e/settling',
  'e2e/send-ten-thousand',
  'e2e/hangup',
  'e2e/known-ledger',
  'e2e/send-options',
  'e2e/conversations',
  'e2e/disk-full',
  'docs-user',
  'recipients/phone',
  'security/fuzz',
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
