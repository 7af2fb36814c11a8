import type { DeliveryHistory } from '../../../../core/ledger/finding.js';
import { foreign, type Html, html } from '../../../../markup/markup.js';
import { moment, section, table } from '../../../views/parts.js';
import type { Visit } from '../../../visit.js';
import { connectionText } from '../words.js';

/** Every attempt, in order of time: what was tried, what came back, how long it took. */
export function triesTable(visit: Visit, { tries }: DeliveryHistory): Html | null {
  if (tries.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.person.began') },
    { title: translate('web.person.result') },
    { title: translate('web.person.answer') },
    { title: translate('web.person.took'), number: true as const },
  ];
  const rows = tries.map(({ startedAt, endedAt, outcome, onWire, httpStatus, errorCode, errorMessage }) => {
    const said = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode, errorMessage]
      .filter((part) => part !== null && part !== '')
      .join(', ');
    // What came with no answer was said by no provider.
    const isConnection = httpStatus === null && errorCode === null && said !== '';
    return [
      moment(startedAt, format.moment(startedAt)),
      html`${translate(`web.person.outcome.${outcome}`)}${onWire ? null : html`<br><span class="soft">${translate('web.person.never-left')}</span>`}`,
      isConnection ? connectionText(visit, said) : foreign(said),
      endedAt === null ? '' : format.latency(endedAt - startedAt),
    ];
  });
  const title = translate('web.person.tries');
  return section(title, table(title, columns, rows));
}

/** What settled it: a record of the provider's list, its absence, or an operator's word. */
export function evidenceTable(visit: Visit, { evidence }: DeliveryHistory): Html | null {
  if (evidence.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.person.since') },
    { title: translate('web.person.evidence-kind') },
    { title: translate('web.person.evidence-by') },
    { title: translate('web.person.evidence-detail') },
  ];
  const rows = evidence.map(({ kind, detail, recordedBy, recordedAt }) => [
    moment(recordedAt, format.moment(recordedAt)),
    translate(`web.person.evidence.${kind}`),
    foreign(recordedBy),
    foreign(detailText(detail)),
  ]);
  const title = translate('web.person.evidence');
  return section(title, table(title, columns, rows));
}

/** A note as it was typed; else what the list had, name by name. */
function detailText(detail: Readonly<Record<string, unknown>>): string {
  const { note } = detail;
  if (typeof note === 'string') return note;
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
