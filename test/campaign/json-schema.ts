import * as z from 'zod';
import { campaignFileSchema } from '../../src/campaign/schema.js';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of the campaign file, for editors. It comes from the same source as the parser: descriptions and written
 * forms stand beside each field in `schema.ts`. The parser allows a little more (`"5"` for `5`), never less.
 */
export function campaignJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(campaignFileSchema, {
    // What yaml-language-server understands completely.
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      applyHints(jsonSchema as JsonSchema);
    },
  });
  return { ...schema, title: 'plazcast campaign' };
}

/** Puts the hints that the fields carry (`editor`, `shorthand`) into the schema in place, and takes their keys out. */
function applyHints(schema: JsonSchema): void {
  const { editor, shorthand } = schema;
  delete schema['editor'];
  delete schema['shorthand'];
  if (isObject(editor)) Object.assign(schema, editor);
  if (!isObject(shorthand)) return;
  const { description, ...long } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, { description, anyOf: [shorthand, long] });
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}
