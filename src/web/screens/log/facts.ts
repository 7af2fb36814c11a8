import { type ActionFacts, FACTS } from '../../../core/ledger/action-facts.js';
import type { ActionRecord } from '../../../core/ledger/actions.js';
import { roleNamed } from '../../../core/team/roles.js';
import type { Sentence } from '../../../locales/index.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Visit } from '../../visit.js';

type Reader = Pick<Visit, 'translate' | 'format'>;

/** What somebody told of a deed, in words: a line for each fact, with what it was before where that is known. */
export function factLines(reader: Reader, { kind, subject, before, after }: ActionRecord): readonly Html[] {
  const names = [...new Set([before, after].flatMap((facts) => Object.keys(facts ?? {})))];
  const value = (facts: ActionFacts | null, name: string): Html =>
    foreign(shown(reader, name, (facts as Readonly<Record<string, unknown>> | null)?.[name]));
  const lines = names
    .filter((name) => !UNSAID.has(name) && !(kind === 'paused' && name === 'deliveries'))
    .map((name) => {
      const now = value(after, name);
      return html`${factWord(reader, name)}: ${before === null ? now : html`${value(before, name)} → ${now}`}`;
    });
  // A setting is named by its fact.
  return subject === '' || kind === 'settings-changed' ? lines : [html`${foreign(subject)}`, ...lines];
}

/** Names of machines say nothing to people; nor does how many messages a pause changed, which is always none. */
const UNSAID = new Set(['plan', 'run']);

/** A fact's word; what a newer plazcast told keeps its name. */
function factWord({ translate }: Reader, name: string): Html | string {
  const [, variable] = /^variables\.(?:header|body)\.(.+)$/u.exec(name) ?? [];
  if (variable !== undefined) return html`${foreign(translate('web.log.variable', { name: variable }))}`;
  const known = FACTS.find((one) => one === name);
  return known === undefined ? name : translate(`web.log.fact.${known}`);
}

function shown(reader: Reader, name: string, value: unknown): string {
  const { translate, format } = reader;
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map((one) => shown(reader, name, one)).join(', ');
  if (typeof value === 'number') return name === 'failedBefore' ? format.moment(value) : format.count(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (name === 'startAt' && !Number.isNaN(Date.parse(value))) return format.moment(Date.parse(value));
  const role = name === 'roles' ? roleNamed(value) : null;
  if (role !== null) return translate(`role.${role}`);
  const code = `web.log.value.${name}.${value.startsWith('halt.') ? 'halt' : value}`;
  const status = `status.word.${value}`;
  if (name === 'status' && translate.knows(status)) return translate({ code: status } as Sentence);
  return translate.knows(code) ? translate({ code } as Sentence) : value;
}
