import type { Variable } from '../../core/recipient.js';
import { type ListedPart, type ListedValues, namedPart, plainPart } from '../../core/sent-values.js';

/** Requests are a few kilobytes; what is much larger is no message of anybody, and not worth the time. */
export const LONGEST_REQUEST = 256 * 1024;
const DEEPEST = 4;

/**
 * What a kept request says of its variables: Plazbot's own form (`variablesBody`, `variablesHeader`) or WhatsApp's
 * (`components` with `parameters`). null: neither can be read in it.
 */
export function listedValues(request: unknown): ListedValues | null {
  const found: { body: ListedPart | null; header: ListedPart | null } = { body: null, header: null };
  collect(request, found, 0);
  return found.body === null && found.header === null ? null : found;
}

type Found = { body: ListedPart | null; header: ListedPart | null };

function collect(value: unknown, found: Found, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [name, part] of Object.entries(value)) {
    switch (name.toLowerCase()) {
      case 'variablesbody':
        found.body = variablesIn(part);
        break;
      case 'variablesheader':
        found.header = variablesIn(part);
        break;
      case 'components':
        found.body ??= parametersIn(part, 'body');
        found.header ??= parametersIn(part, 'header');
        break;
      default:
        collect(part, found, depth + 1);
    }
  }
}

/** `[{variable, value}]`; null: something else stands in it. */
function variablesIn(list: unknown): ListedPart | null {
  if (!Array.isArray(list)) return null;
  const variables: Variable[] = [];
  for (const item of list as readonly unknown[]) {
    if (typeof item !== 'object' || item === null) return null;
    const entries = Object.entries(item);
    const [variable, value] = [textOf(entries, 'variable'), textOf(entries, 'value')];
    if (variable === null || value === null) return null;
    variables.push({ variable, value });
  }
  return namedPart(variables);
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#template-object */
function parametersIn(components: unknown, type: 'body' | 'header'): ListedPart | null {
  if (!Array.isArray(components)) return null;
  const component = (components as readonly unknown[]).find(
    (one) => typeof one === 'object' && one !== null && 'type' in one && one.type === type,
  );
  if (typeof component !== 'object' || component === null || !('parameters' in component)) return null;
  if (!Array.isArray(component.parameters)) return null;
  const parameters = component.parameters as readonly unknown[];
  const texts = parameters.map(textParameter);
  const read = texts.filter((text) => text !== null);
  if (read.length < texts.length) return null;
  const named = read.filter((text) => text.variable !== '');
  if (named.length === read.length && read.length > 0) return namedPart(named);
  return plainPart(read.map(({ value }) => value));
}

/** A currency, a date or a picture is formatted elsewhere: what was sent cannot be told from it. */
function textParameter(parameter: unknown): Variable | null {
  if (typeof parameter !== 'object' || parameter === null) return null;
  const entries = Object.entries(parameter);
  const value = textOf(entries, 'text');
  return value === null ? null : { variable: textOf(entries, 'parameter_name') ?? '', value };
}

function textOf(entries: readonly (readonly [string, unknown])[], name: string): string | null {
  const value = entries.find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
