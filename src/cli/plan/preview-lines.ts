import { harmless, harmlessLines } from '../../core/harmless.js';
import type { Plan } from '../../core/plan.js';
import type { Attachment } from '../../core/recipient.js';
import type { TemplateKnowledge, TemplateText } from '../../core/template.js';
import type { Cli } from '../command.js';
import { durationText, fitted } from '../progress/text.js';

const LEAD = '  ';
const EDGE = '│ ';
/** Longer lines are hard to read, and no phone has them. */
const WIDEST = 80;
const JUST_NOW_MS = 60_000;

type Voice = Pick<Cli, 'terminal' | 'translate' | 'clock'>;

/** The first messages whole, as WhatsApp lays them out, and where their text comes from. */
export function previewLines({ messages, template }: Plan, cli: Voice): readonly string[] {
  if (messages.length === 0) return [];
  const { translate, terminal } = cli;
  const shown = messages.flatMap(({ line, phone, text, attachment }, index) => [
    ...(index === 0 ? [] : ['']),
    `${LEAD}${translate('plan.line', { line })}  → ${harmless(phone)}`,
    ...(text === null ? [] : messageLayout(text, attachment, cli)),
  ]);
  return [
    translate('plan.first-messages'),
    ...shown,
    `${LEAD}${terminal.colours.dim(sourceText(template, cli))}`,
  ];
}

/** Where a text comes from, and how old it is. */
export function sourceText(
  { source, listReadAt }: TemplateKnowledge,
  { translate, clock }: Pick<Voice, 'translate' | 'clock'>,
): string {
  const ageMs = listReadAt === null ? 0 : clock.now() - listReadAt;
  const age = ageMs < JUST_NOW_MS ? 'none' : durationText(ageMs);
  return translate('plan.text-from', { source: source ?? 'none', age });
}

/** One message: header, text, footer, buttons. */
export function messageLayout(
  { header, media, body, footer, buttons }: TemplateText,
  attachment: Attachment | null,
  { terminal, translate }: Pick<Voice, 'terminal' | 'translate'>,
): readonly string[] {
  const { bold, dim } = terminal.colours;
  const screen = terminal.onScreen ? terminal.columns() - 1 : WIDEST;
  const width = Math.min(screen, WIDEST) - LEAD.length - EDGE.length;
  const part = (text: string, look: (line: string) => string = (line) => line): readonly string[] =>
    harmlessLines(text)
      .split('\n')
      .flatMap((line) => fitted(line, width))
      .map((line) => (line === '' ? '' : look(line)));
  const above = media === null ? null : translate('plan.media', { kind: media });
  const file = attachment === null ? '' : `: ${harmless(attachment.name)}`;
  const lines = [
    ...(above === null ? [] : [...part(`[${above}${file}]`, dim), '']),
    ...(header === null ? [] : [...part(header, bold), '']),
    ...part(body),
    ...(footer === null ? [] : ['', ...part(footer, dim)]),
    ...(buttons.length === 0 ? [] : ['', ...buttons.flatMap((label) => part(`[ ${label} ]`))]),
  ];
  return lines.map((line) => (LEAD + EDGE + line).trimEnd());
}
