import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { commandApart } from '../../../app/apart/command-apart.js';
import { fileStemOf } from '../../../app/workspace.js';
import { localDay } from '../../../core/moments.js';
import type { WorkEnd } from '../../../core/new-process.js';
import { type Html, html } from '../../../markup/markup.js';
import { type ReportFormat, reportFileName } from '../../../report/file-name.js';
import type { Answer } from '../../http/answer.js';
import { REPORT_POLICY } from '../../http/headers.js';
import { READ_ON_PAGE } from '../../page-words.js';
import { missingPage, problemPage } from '../../views/error-pages.js';
import { section } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { listWork } from './list-work.js';
import { peoplePath, type Whose } from './whose.js';

const FORMATS = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
} as const satisfies Record<ReportFormat, string>;

/** What became of everybody, as files. */
export function downloadsSection(visit: Visit, whose: Whose): Html {
  const { translate } = visit;
  const links = (Object.keys(FORMATS) as ReportFormat[]).map(
    (format) =>
      html`<li><a href="${peoplePath(whose, `/report/${format}`)}" ${format === 'html' ? null : html`download`}>${translate(`web.people.report.${format}`)}</a></li>`,
  );
  return section(translate('web.people.reports'), html`<ul class="plain">${links}</ul>`, 'reports');
}

/** The report that an address names, made by a process of its own while it is sent. */
export async function downloadReport(visit: Visit, { standing, choice }: Whose): Promise<Answer> {
  const format = visit.part('format') as ReportFormat;
  if (!Object.hasOwn(FORMATS, format)) return missingPage(visit);
  const words = [
    'report',
    choice.campaign,
    `--format=${format}`,
    '--output=-',
    ...(standing.sandbox ? ['--sandbox'] : []),
  ];
  const apart = { launcher: visit.site.launcher, language: visit.language, env: { [READ_ON_PAGE]: 'yes' } };
  const work = await commandApart(words, apart, visit.app);
  if (!work.ok) return problemPage(visit, work.problems);
  const { said, ended, stop } = work.value;
  const pieces = said[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true)
    return problemPage(visit, [
      { code: 'work.ended-early', params: { detail: (await ended).complaint.trim() } },
    ]);
  const day = localDay(visit.app.clock.now());
  return {
    kind: 'download',
    name: reportFileName(fileStemOf(standing.record), day, format),
    type: FORMATS[format],
    chunks: whole(first.value, pieces, ended, stop),
    ...(format === 'html' ? { policy: REPORT_POLICY } : {}),
  };
}

/** Everything that is said; a process that fails in the middle breaks the download off, so that nobody takes it for whole. */
async function* whole(
  first: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  ended: Promise<WorkEnd>,
  stop: () => void,
): AsyncGenerator<Uint8Array> {
  let isWhole = false;
  try {
    yield first;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
    isWhole = true;
    const { exitCode, complaint } = await ended;
    if (exitCode !== 0) throw new Error(`the report broke off: ${complaint}`);
  } finally {
    // Whoever closed the window waits for nothing more.
    if (!isWhole) stop();
  }
}

/** What the last comparison with the provider's list found off. */
export async function downloadAudit(visit: Visit, whose: Whose): Promise<Answer> {
  const result = listWork(visit, whose, 'audit')?.result ?? null;
  const file = result?.ok === true ? result.value.report : undefined;
  if (file === undefined) return missingPage(visit);
  return { kind: 'download', name: basename(file), type: FORMATS.csv, chunks: createReadStream(file) };
}
