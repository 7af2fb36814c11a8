import { dirname, join, resolve } from 'node:path';
import type { SettleDeps } from '../../app/reconcile/settle.js';
import { senderOf } from '../../app/workspace.js';
import type { AuditFinding } from '../../core/reconcile-ports.js';
import { beginFile } from '../../files/atomic-file.js';
import { UnwritableFile } from '../../files/unwritable-file.js';
import { csvLines } from '../../report/csv.js';
import { audit } from '../../run/audit.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { showAudit } from './show-audit.js';

const COLUMNS = ['finding', 'phone', 'line', 'record_id', 'record_at', 'detail'];

/** `reconcile --audit`: every accepted delivery against the list; what is off goes into a CSV. */
export async function auditCampaign(
  deps: Omit<SettleDeps, 'onPage'>,
  output: string | null,
  cli: Cli,
): Promise<number> {
  const { ledger, read, target, record, pagesPerSecond, signal } = deps;
  const path =
    output === null ? join(dirname(record.file), `${record.name}-audit.csv`) : resolve(cli.cwd, output);
  const file = orFail(await beginFile(path, output === null ? 'plazcast' : 'person'));
  const lineOf = csvLines(',');
  const startedMs = systemClock.monotonicMs();
  const list = await cli.provider.list(read.campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const scope = { campaignId: record.id, workspace: record.workspace, sender };
  const shown = await showReading(null, cli);
  try {
    await file.write(`\uFEFF${lineOf(COLUMNS)}`);
    const ports = {
      ledger: ledger.settling(scope, cli.readClocks),
      list,
      clock: systemClock,
      signal,
      onPage: shown.onPage,
      ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
    };
    const report = orFail(
      await audit(ports, cli.operator, async (findings) => {
        await file.write(findings.map((finding) => lineOf(cellsOf(finding, cli.translate))).join(''));
      }),
    );
    shown.close();
    await file.keep();
    const durationMs = Math.round(systemClock.monotonicMs() - startedMs);
    return await showAudit(report, record, path, durationMs, ledger, cli);
  } catch (error) {
    if (error instanceof UnwritableFile) throw new CommandFailure(EXIT.unusable, error.problems);
    throw error;
  } finally {
    shown.close();
    await file.discard();
    await list.close();
  }
}

function cellsOf(finding: AuditFinding, translate: Cli['translate']): (string | number | null)[] {
  const { recordId, recordAt, detail } = finding;
  const at = recordAt === null ? null : new Date(recordAt).toISOString();
  return [finding.finding, finding.phone, finding.line, recordId, at, translate(detail)];
}
