import { readLog } from '../../../app/actions/read-log.js';
import type { Answer } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import { workspacePage } from '../../views/layout.js';
import { look, type Screen, type Visit } from '../../visit.js';
import { filterIn, LOG_PATH } from './filter.js';
import { logBody } from './view.js';

/** Who did what, and when. */
export const log: Screen = { routes: [look(LOG_PATH, show, 'administer')] };

async function show(visit: Visit): Promise<Answer> {
  const { filter, before, asked } = filterIn(visit.query);
  const read = await readLog(filter, before, visit.app);
  if (!read.ok) return problemPage(visit, read.problems, 503);
  const body = logBody(visit, read.value, asked, before !== null);
  return workspacePage(visit, { title: visit.translate('web.log.title'), body });
}
