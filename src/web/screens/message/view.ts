import type { MessageSeen, MessageVariable } from '../../../app/message/open-message.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { button, type Filled, form, hidden } from '../../views/fields.js';
import { type SummaryLine, section, summaryList } from '../../views/parts.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath, messagePath } from '../campaign/paths.js';
import { type SourceColumns, sourceField, sourceWords } from './source-field.js';

/** Template and attachment, what fills each variable, and beside it the message of a row. */
export function messageBody(
  visit: Visit,
  key: string,
  seen: MessageSeen,
  preview: Html,
  filled: Filled,
): Html {
  const { translate } = visit;
  const left = html`${settings(visit, key, seen)}${variablesPart(visit, key, seen, filled)}`;
  return html`<div class="beside"><div>${left}</div><section class="preview" id="preview" aria-label="${translate('web.preview.title')}" data-region>${preview}</section></div>`;
}

/** What the list has to choose from. */
export function columnsOf({ look }: MessageSeen): SourceColumns {
  return look ?? { columns: [], firstRows: [] };
}

function settings(visit: Visit, key: string, seen: MessageSeen): Html {
  const { translate } = visit;
  const { template, read } = seen;
  const change = (
    part: 'template' | 'text' | 'attachment',
    what: string,
  ): SummaryLine['change'] & object => ({
    href: messagePath(key, part),
    text: translate('web.change'),
    what,
  });
  const { attachment } = read.campaign;
  const media = template.text?.media ?? null;
  const named =
    attachment === null ? html`${translate('web.message.no-attachment')}` : foreign(attachment.name);
  const lines: SummaryLine[] = [
    {
      key: translate('web.campaign.template'),
      value: foreign(read.campaign.template),
      change: change('template', translate('web.campaign.template')),
    },
    {
      key: translate('web.message.text'),
      value: textFrom(visit, seen),
      change: change('text', translate('web.message.text')),
    },
    ...(attachment === null && media === null
      ? []
      : [
          {
            key: translate('web.message.attachment'),
            value: named,
            change: change('attachment', translate('web.message.attachment')),
          },
        ]),
  ];
  const add =
    attachment === null && media === null
      ? html`<p><a href="${messagePath(key, 'attachment')}">${translate('web.message.add-attachment')}</a></p>`
      : null;
  return html`${summaryList(visit, lines)}${add}${unfit(visit, seen)}`;
}

function textFrom({ translate, format }: Visit, { template }: MessageSeen): Html {
  const { source, listReadAt } = template;
  if (source === 'campaign') return html`${translate('web.message.text-pasted')}`;
  if (source === null || listReadAt === null) return html`${translate('web.message.text-unknown')}`;
  return html`${translate('web.message.text-provider', { when: format.moment(listReadAt) })}`;
}

/** What the file fills and the template does not have. */
function unfit({ translate }: Visit, { surplus, template, read }: MessageSeen): Html | null {
  const status = template.listed?.status ?? null;
  const absent = template.listReadAt !== null && template.listed === null;
  const parts = [
    ...(surplus.length === 0 ? [] : [translate('web.message.surplus', { names: surplus.join(', ') })]),
    ...(absent ? [translate('web.message.absent', { template: read.campaign.template })] : []),
    ...(status !== null && !/^(?:approved|active)$/iu.test(status)
      ? [translate('web.message.status', { status })]
      : []),
  ];
  if (parts.length === 0) return null;
  return callout('uncertain', html`${parts.map((text) => html`<p>${text}</p>`)}`);
}

function variablesPart(visit: Visit, key: string, seen: MessageSeen, filled: Filled): Html {
  const { translate } = visit;
  const title = translate('web.message.variables');
  if (seen.look === null) {
    return section(
      title,
      callout(
        'refused',
        html`<p>${translate('web.list.unusable')}</p>${problemList(visit, seen.listProblems)}`,
      ),
    );
  }
  if (seen.filledByColumns) return section(title, html`<p>${translate('web.message.by-columns')}</p>`);
  if (seen.variables.length === 0) {
    const words = seen.template.text === null ? 'web.message.paste-first' : 'web.message.no-variables';
    return section(title, html`<p>${translate(words)}</p>`);
  }
  const fields = seen.variables.map((variable, at) => variableField(visit, variable, at, seen, filled));
  return section(
    title,
    html`<p>${translate('web.message.variables-hint')}</p>${form(
      visit,
      { action: campaignPath(key, 'message'), label: title },
      html`${hidden('digest', seen.source.digest)}${fields}${button(translate('web.save'))}`,
    )}`,
  );
}

function variableField(
  visit: Visit,
  { place, name, source }: MessageVariable,
  at: number,
  seen: MessageSeen,
  filled: Filled,
): Html {
  const { translate } = visit;
  const where =
    place === 'header' ? html` <span class="soft">${translate('web.message.in-header')}</span>` : null;
  const own = `v${at}`;
  // What the file says now, beside what was typed here meanwhile.
  const now =
    filled.values !== null && filled.values.text('digest') !== seen.source.digest
      ? html`<p class="samples">${translate('web.message.now')} ${sourceWords(visit, source)}</p>`
      : null;
  const around = aroundVariable(seen.template.text?.[place] ?? '', name);
  return html`<fieldset class="variable"><legend><code>${foreign(`{{${name}}}`, 80)}</code>${where}</legend>${around}${hidden(`${own}.name`, `${place}.${name}`)}${now}${sourceField(visit, { name: own, source, list: columnsOf(seen) }, filled)}</fieldset>`;
}

const AROUND = 32;

/** The words of the template around a place, so that one knows what is to be said there. */
function aroundVariable(text: string, name: string): Html | null {
  const found = text.split(/(\{\{[^{}]*\}\})/u);
  const at = found.findIndex((part) => /^\{\{([^{}]*)\}\}$/u.exec(part)?.[1]?.trim() === name);
  if (at === -1) return null;
  const before = Array.from(found.slice(0, at).join('')).slice(-AROUND).join('');
  const behind = Array.from(found.slice(at + 1).join(''))
    .slice(0, AROUND)
    .join('');
  return html`<p class="samples">… ${foreign(before)}<strong>${foreign(found[at] ?? '', 80)}</strong>${foreign(behind)} …</p>`;
}
