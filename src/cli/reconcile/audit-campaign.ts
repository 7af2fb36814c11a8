import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AuditFinding } from '../../core/reconcile-ports.js';
import { SqliteReconcileLedger } from '../../ledger/reconcile-ledger.js';
import { csvLines } from '../../report/csv.js';
import { audit } from '../../run/audit.js';
import { systemClock } from '../clock.js';
import { CommandFailure } from '../command-failure.js';
import { operatorName } from '../control/control-command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { senderOf } from '../workspace.js';
import { providerList } from './provider-list.js';
import type { SettleSurroundings } from './settle.js';
import { showAudit } from './show-audit.js';

const COLUMNS = ['finding', 'phone', 'line', 'record_id', 'record_at', 'detail'];

/** `reconcile --audit`: every accepted delivery against the list; what is off goes into a CSV. */
export async function auditCampaign(
  around: Omit<SettleSurroundings, 'resendAbsent'>,
  output: string | null,
): Promise<number> {
  const { cli, db, read, target, record, pagesPerSecond, signal } = around;
  const path =
    output === null ? join(dirname(record.file), `${record.name}-audit.csv`) : resolve(cli.cwd, output);
  const file = createWriteStream(path);
  const failure = once(file, 'error').then(([error]) => unwritable(path, error));
  await Promise.race([once(file, 'open'), failure]);
  const lineOf = csvLines(',');
  file.write(`\uFEFF${lineOf(COLUMNS)}`);
  const startedAt = systemClock.now();
  const list = providerList(read.campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const ledger = new SqliteReconcileLedger(db, {
    campaignId: record.id,
    workspace: record.workspace,
    sender,
  });
  const shown = await showReading(null, cli);
  try {
    const ports = {
      ledger,
      list,
      clock: systemClock,
      signal,
      onPage: shown.onPage,
      ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
    };
    const report = orFail(
      await audit(ports, operatorName(), async (findings) => {
        const text = findings.map((finding) => lineOf(cellsOf(finding, cli.say))).join('');
        if (!file.write(text)) await once(file, 'drain');
      }),
    );
    shown.close();
    return showAudit(report, record, path, systemClock.now() - startedAt, db, cli);
  } finally {
    shown.close();
    file.end();
    await once(file, 'close');
    await list.close();
  }
}

function cellsOf(finding: AuditFinding, say: SettleSurroundings['cli']['say']): (string | number | null)[] {
  const { recordId, recordAt, detail } = finding;
  const at = recordAt === null ? null : new Date(recordAt).toISOString();
  return [finding.finding, finding.phone, finding.line, recordId, at, say(detail.code, detail.params)];
}

function unwritable(path: string, error: unknown): never {
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  throw new CommandFailure(EXIT.unusable, [{ code: 'cli.report-unwritable', params: { path, detail } }]);
}
