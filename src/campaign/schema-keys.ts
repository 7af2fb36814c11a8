import * as z from 'zod';
import { campaignFileSchema } from './schema.js';
import type { Path } from './yaml-source.js';

/** Keys that a section of the campaign file knows; none for values and for free mappings. */
export function sectionKeys(path: Path): readonly string[] {
  let schema: unknown = campaignFileSchema;
  for (const step of path) schema = shapeOf(schema)?.[String(step)];
  return Object.keys(shapeOf(schema) ?? {});
}

/** Every key of the campaign file, from the top down to it. */
export function keyPaths(schema: unknown = campaignFileSchema): readonly (readonly string[])[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, inner]) => [
    [key],
    ...keyPaths(inner).map((path) => [key, ...path]),
  ]);
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | null {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? inner.shape : null;
}
