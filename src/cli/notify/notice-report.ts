import { reportSourceOf } from '../../app/report/report-source.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Cli } from '../command.js';
import { reportPathOf } from '../report/report-options.js';
import { loadTranslate } from '../translate.js';

/** The campaign of a run that ended. */
export interface EndedCampaign {
  readonly ledger: Ledger;
  readonly workspace: string;
  readonly name: string;
}

/** Writes the HTML report that a notice names, where `report` would; returns its absolute path. */
export async function writeNoticeReport(
  { ledger, workspace, name }: EndedCampaign,
  cli: Cli,
): Promise<{ readonly path: string } | { readonly failure: string }> {
  const { translate, language } = cli;
  try {
    const record = await ledger.campaigns.find({ workspace, name });
    if (record === null) throw new Error(`the ledger has no campaign ${name}`);
    const [{ htmlReport }, { writeAtomically }, path] = await Promise.all([
      import('../../report/html.js'),
      import('../../files/atomic-file.js'),
      reportPathOf(record, 'html', cli),
    ]);
    const page = htmlReport(
      await (await reportSourceOf(ledger, record, cli)).summary(),
      // Whoever reads the page may start plazcast in another way.
      await loadTranslate(language),
      language,
    );
    const written = await writeAtomically(path, [page], 'plazcast');
    if (written.ok) return { path };
    return { failure: written.problems.map((problem) => translate(problem)).join(' ') };
  } catch (error) {
    // The campaign is over and recorded: no fault of a report may take its exit code away.
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
