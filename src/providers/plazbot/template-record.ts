import { readJson } from '../../core/bounded-json.js';
import { BOUNDS } from '../../core/bounds.js';
import { type RawRecord, textOrNull } from '../../core/conversation.js';
import type { HeaderMedia, ListedTemplate, TemplateText } from '../../core/template.js';
import { isRecord, textIn } from '../http/fields.js';

/*
 * No page documents these records. Three shapes were seen in public clients: the words of the create call (`elementName`,
 * `components[]`), flat parts (`header`, `body`, `footer`, `buttons`), and Meta's own. Any of them may come as JSON text.
 */

/** The records of an answer, whatever stands around them; null: there are none in it. */
export function templateRecordsIn(body: unknown, levels = 3): readonly unknown[] | null {
  const value = unpacked(body);
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || levels === 0) return null;
  for (const name of ['data', 'templates', 'items']) {
    const found = templateRecordsIn(value[name], levels - 1);
    if (found !== null) return found;
  }
  return null;
}

/** A template; null: the record cannot be understood. */
export function templateOf(record: unknown): ListedTemplate | null {
  const raw = unpacked(record);
  if (!isRecord(raw)) return null;
  const name = textOrNull(textIn(raw, 'elementName')) ?? textOrNull(textIn(raw, 'name'));
  if (name === null || name.length > BOUNDS.campaignText.value) return null;
  const text = textOfRecord(raw);
  if (text !== null && !isBounded(text)) return null;
  return {
    name,
    language: word(raw, 'languageCode') ?? languageIn(raw),
    category: word(raw, 'category'),
    status: word(raw, 'status'),
    text,
  };
}

/** A text that is JSON, as what it says; everything else as it is. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value)) return value;
  const read = readJson(value);
  return read.kind === 'value' ? read.value : value;
}

function word(raw: RawRecord, name: string): string | null {
  return textOrNull(textIn(raw, name)?.slice(0, BOUNDS.errorCode.value));
}

/** `language: 'es'`, `language: {code: 'es'}` or `languages: ['es', 'en']`. */
function languageIn(raw: RawRecord): string | null {
  const { language, languages } = raw;
  if (isRecord(language)) return word(language, 'code');
  const several = Array.isArray(languages) ? languages.filter((one) => typeof one === 'string') : [];
  return word(raw, 'language') ?? textOrNull(several.join(', ').slice(0, BOUNDS.errorCode.value));
}

/** Header, body, footer and buttons, wherever they stand; null: there is no body. */
function textOfRecord(raw: RawRecord): TemplateText | null {
  const listed = unpacked(raw['components']);
  const components = Array.isArray(listed) ? listed.map(unpacked).filter(isRecord) : [];
  const part = (name: string): unknown =>
    components.find((one) => textIn(one, 'type')?.toLowerCase() === name) ?? unpacked(raw[name]);
  const body = words(part('body'));
  if (body === null) return null;
  const header = part('header');
  const media = mediaOf(header);
  return {
    header: media === null ? words(header) : null,
    media,
    body,
    footer: words(part('footer')),
    buttons: labelsOf(part('buttons')),
  };
}

function words(part: unknown): string | null {
  const text = typeof part === 'string' ? part : isRecord(part) ? textIn(part, 'text') : null;
  return textOrNull(text?.replace(/\r\n?/gu, '\n'));
}

const MEDIA: readonly string[] = ['image', 'video', 'document', 'location'] satisfies HeaderMedia[];

/** A component says it under `format`, a flat header under `type`. */
function mediaOf(header: unknown): HeaderMedia | null {
  if (!isRecord(header)) return null;
  const kind = (textIn(header, 'format') ?? textIn(header, 'type') ?? '').toLowerCase();
  return MEDIA.includes(kind) ? (kind as HeaderMedia) : null;
}

/** Buttons are objects with a text, or texts; alone, or under `buttons` of a component. */
function labelsOf(part: unknown): readonly string[] {
  const own = isRecord(part) ? unpacked(part['buttons']) : part;
  if (!Array.isArray(own)) return [];
  return own.flatMap((button) => words(button) ?? []);
}

function isBounded({ header, body, footer, buttons }: TemplateText): boolean {
  const parts = [header, body, footer, ...buttons].map((part) => part?.length ?? 0);
  return buttons.length <= BOUNDS.templateButtons.value && Math.max(...parts) <= BOUNDS.approvedText.value;
}
