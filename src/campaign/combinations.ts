import type { Problem } from '../core/problem.js';
import { placeholderName } from '../core/template-text.js';
import type { Path, Plain, YamlSource } from './yaml-source.js';

/**
 * Values that are right by themselves and wrong together. Looks at the texts of the file, so that these problems are told
 * in the same go as all others.
 */
export function combinationProblems(root: Plain, source: YamlSource): readonly Problem[] {
  const problems: Problem[] = [];
  const type = valueAt(root, ['type']);
  if ((type === 'individual' || type === '2') && valueAt(root, ['campaignName']) !== undefined) {
    problems.push({ code: 'campaign.name-not-allowed', at: source.placeOfKey(['campaignName']) });
  }
  if (valueAt(root, ['file']) !== undefined && valueAt(root, ['provider', 'api']) !== 'current') {
    problems.push({ code: 'campaign.file-needs-current', at: source.placeOfKey(['file']) });
  }
  if (
    valueAt(root, ['provider', 'baseUrl']) !== undefined &&
    valueAt(root, ['provider', 'zone']) !== undefined
  ) {
    problems.push({ code: 'campaign.zone-or-base-url', at: source.placeOfKey(['provider', 'zone']) });
  }
  return [...problems, ...repeatedVariables(root, source)];
}

/** The provider would get two values for one variable. */
function repeatedVariables(root: Plain, source: YamlSource): readonly Problem[] {
  return (['header', 'body'] as const).flatMap((place) => {
    const values = valueAt(root, ['variables', place]);
    if (typeof values !== 'object' || Array.isArray(values)) return [];
    const first = new Map<string, string>();
    return Object.keys(values).flatMap((key): readonly Problem[] => {
      const name = placeholderName(key);
      const before = first.get(name);
      if (before === undefined) first.set(name, key);
      if (before === undefined) return [];
      const at = source.placeOfKey(['variables', place, key]);
      return [{ code: 'campaign.variable-twice', params: { key, first: before }, at }];
    });
  });
}

/** What stands under a path of keys. */
export function valueAt(root: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = root;
  for (const step of path) {
    if (typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = (value as { readonly [key: string]: Plain })[String(step)];
  }
  return value;
}
