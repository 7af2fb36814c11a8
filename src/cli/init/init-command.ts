import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { type InitAnswers, type OwnRecipients, proposeCampaign } from '../../campaign/propose-campaign.js';
import { failed, type Problem } from '../../core/problem.js';
import { foundAt } from '../../files/private-file.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { askInit } from './ask-init.js';
import { type FoundRecipients, readOwnRecipients } from './own-recipients.js';

/** `init`: a campaign that passes `check`, from a few answers or from a CSV. Never overwrites a file. */
export async function initCommand(args: Args, cli: Cli): Promise<number> {
  const folder = resolve(cli.cwd, args.required('folder'));
  refuseExisting(folder);
  const from = args.text('from');
  const found = from === null ? null : await readOwnRecipients(resolve(cli.cwd, from), folder);
  const { own, answers } = cli.terminal.canAsk ? await askInit(found, cli) : { own: found, answers: {} };
  const files = filesOf(folder, own, answers, cli);
  write(folder, files);
  for (const name of files.keys())
    cli.terminal.line(cli.translate('init.written', { path: shown(join(folder, name), cli) }));
  if (own !== null) sayPhoneColumn(own, shown(join(folder, 'campaign.yaml'), cli), cli);
  cli.terminal.line(cli.translate('init.next', { folder: shown(folder, cli) }));
  if (cli.terminal.json) cli.terminal.document({ folder, files: [...files.keys()], exitCode: EXIT.done });
  return EXIT.done;
}

/** Which column is taken decides who gets the campaign. */
function sayPhoneColumn(
  { phoneColumn, phoneColumns }: FoundRecipients,
  file: string,
  { terminal, translate }: Cli,
): void {
  if (phoneColumn !== null) {
    terminal.line(translate('init.phone-column', { column: phoneColumn }));
    return;
  }
  const note = terminal.colours.yellow(translate('cli.note'));
  const columns = phoneColumns.map((column) => `"${column}"`).join(', ');
  terminal.aside(
    `${note} ${translate('init.no-phone-column', { count: phoneColumns.length, columns, file })}`,
  );
}

const NAMES = ['campaign.yaml', 'recipients.csv', '.env.example'];

function refuseExisting(folder: string): void {
  const existing = NAMES.filter((name) => foundAt(join(folder, name)) !== null);
  const problems: Problem[] = existing.map((name) => ({
    code: 'init.exists',
    params: { path: join(folder, name) },
  }));
  if (problems.length > 0) orFail(failed(...problems));
}

function filesOf(
  folder: string,
  own: OwnRecipients | null,
  answers: InitAnswers,
  cli: Cli,
): Map<string, string> {
  const proposed = proposeCampaign({
    folderName: basename(folder),
    csv: own,
    answers,
    translate: cli.translate,
  });
  const files = new Map([['campaign.yaml', proposed.campaignYaml]]);
  if (proposed.recipientsCsv !== null) files.set('recipients.csv', proposed.recipientsCsv);
  files.set('.env.example', proposed.envExample);
  return files;
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    orFail(failed({ code: 'init.unwritable', params: { folder, detail } }));
  }
}

function shown(path: string, cli: Cli): string {
  const short = relative(cli.cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}
