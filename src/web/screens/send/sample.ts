import type { ShownMessage } from '../../../core/plan.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { bubble } from '../../views/bubble.js';
import { section, summaryList } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** The message of the first person, as it would arrive. */
export function sampleMessage(visit: Visit, messages: readonly ShownMessage[]): Html | null {
  const [first] = messages;
  if (first === undefined) return null;
  const { translate } = visit;
  const who = translate('web.send.sample.who', { line: first.line });
  const shown =
    first.text === null ? valuesOf(visit, first) : bubble(visit, first.text, first.attachment?.name ?? null);
  return section(
    translate('web.send.sample.title'),
    html`<p class="soft">${who} ${foreign(first.phone)}</p>${shown}`,
    'sample',
  );
}

/** Where nobody knows the text: what fills it. */
function valuesOf(visit: Visit, { header, body, attachment }: ShownMessage): Html {
  const { translate } = visit;
  const lines = [
    ...header.map(({ variable, value }) => ({
      key: translate('web.send.sample.header', { variable }),
      value: foreign(value),
    })),
    ...body.map(({ variable, value }) => ({
      key: translate('web.send.sample.body', { variable }),
      value: foreign(value),
    })),
    ...(attachment === null
      ? []
      : [{ key: translate('web.send.sample.file'), value: foreign(attachment.name) }]),
  ];
  const unknown = html`<p>${translate('web.send.sample.unknown')}</p>`;
  return lines.length === 0 ? unknown : html`${unknown}${summaryList(visit, lines)}`;
}
