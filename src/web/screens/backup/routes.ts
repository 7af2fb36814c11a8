import { basename, dirname, join } from 'node:path';
import { commandApart, toldDocument } from '../../../app/apart/command-apart.js';
import { hasLedger } from '../../../app/open-ledger.js';
import { isDatabaseAddress } from '../../../core/ledger/database-address.js';
import { localDay } from '../../../core/moments.js';
import { type Html, html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { button, EMPTY, type Filled, form as formOf, textField } from '../../views/fields.js';
import { workspacePage } from '../../views/layout.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';

const BACKUP = '/workspace/backup';

/** A checked copy of the ledger, beside it. */
export const backup: Screen = {
  routes: [
    look(BACKUP, (visit) => backupPage(visit, EMPTY), 'administer'),
    deed(BACKUP, 'administer', written),
  ],
};

async function backupPage(visit: Visit, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  return workspacePage(visit, {
    title: translate('web.backup.title'),
    problems: filled.problems,
    body: html`<p class="lead">${translate('web.backup.lead')}</p>${await contentOf(visit, filled)}`,
  });
}

/** Its form; or why there is none. */
async function contentOf(visit: Visit, filled: Filled): Promise<Html> {
  const { translate, app } = visit;
  const { ledgerFile: file } = app;
  if (isDatabaseAddress(file)) return html`<p>${translate('ledger.db-backup', { file })}</p>`;
  if (!(await hasLedger(app))) return html`<p>${translate('web.backup.no-ledger')}</p>`;
  const field = textField(
    {
      name: 'name',
      label: translate('web.backup.name'),
      hint: translate('web.backup.name-hint', { folder: dirname(file) }),
      value: usualName(visit),
    },
    filled,
  );
  return formOf(visit, { action: BACKUP }, html`${field}${button(translate('web.backup.do'))}`);
}

/** In a process of its own: a large ledger is copied and checked for longer than a page may take. */
async function written(visit: Visit, form: Form): Promise<Answer> {
  const { app, site, language, translate } = visit;
  if (isDatabaseAddress(app.ledgerFile)) return backupPage(visit, EMPTY);
  const name = form.text('name');
  const wrong = (text: string): Promise<Answer> =>
    backupPage(visit, { values: form, problems: [{ field: 'name', text }] });
  if (!isPlainName(name)) return wrong(translate('web.backup.name-wrong'));
  const file = join(dirname(app.ledgerFile), name);
  const begun = await commandApart(['backup', file, '--json'], { launcher: site.launcher, language }, app);
  if (!begun.ok) return problemPage(visit, begun.problems, 503);
  const told = await toldDocument(begun.value);
  if (!told.ok) return problemPage(visit, told.problems, 503);
  const { backup: path, bytes = 0, problems = [] } = told.value.document as BackupDocument;
  const [problem] = problems;
  if (path === undefined) return wrong(problem?.message ?? translate('web.problem.title'));
  return redirect(BACKUP, {
    code: 'backup.written',
    params: { path: basename(path), kilobytes: Math.ceil(bytes / 1_024) },
  });
}

interface BackupDocument {
  readonly backup?: string;
  readonly bytes?: number;
  readonly problems?: readonly { readonly message: string }[];
}

/** A name and no path: nothing is written anywhere else, and no option is meant. */
function isPlainName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,120}$/u.test(name) && !name.endsWith('.') && !name.endsWith(' ');
}

function usualName({ app }: Visit): string {
  return `${basename(app.ledgerFile, '.db')}-backup-${localDay(app.clock.now())}.db`;
}
