import type * as z from 'zod';
import { BOUNDS } from '../core/bounds.js';
import { type Place, type Problem, problemAt } from '../core/problem.js';
import { shown } from '../core/quantities.js';
import { suggestion } from '../core/suggestion.js';
import { problemIn } from './fields.js';
import { keyPaths, sectionKeys } from './schema-keys.js';
import type { Path, YamlSource } from './yaml-source.js';

type Issue = z.core.$ZodIssue;

/**
 * What zod found, as problems with the place in the file and with what to write instead: a suggestion takes a look at every
 * key that there is, so none is made for what is not told. `more` counts those.
 */
export function problemsOf(
  issues: readonly Issue[],
  source: YamlSource,
): { readonly problems: readonly Problem[]; readonly more: number } {
  const found = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => () => unknownKey([...issue.path, key], source))
      : [() => valueProblem(issue, source)],
  );
  const told = found.slice(0, BOUNDS.problemsTold.value);
  return { problems: told.map((problem) => problem()), more: found.length - told.length };
}

function valueProblem(issue: Issue, source: YamlSource): Problem {
  const key = written(issue.path);
  const found = problemIn(issue.code === 'custom' ? issue.params : undefined);
  if (found === null) return sectionProblem(issue.path, source);
  const at = source.placeOf(issue.path);
  if (found.code === 'campaign.missing') {
    return {
      code: found.code,
      params: { key, line: `${String(issue.path.at(-1))}: ${found.params.line}` },
      at,
    };
  }
  return problemAt(withKey(found, key), at);
}

function withKey(found: Problem, key: string): Problem {
  const { params } = found;
  if (params === undefined || !('key' in params)) return found;
  const filled: object = params;
  const keyed: object = { ...found, params: { ...filled, key } };
  return keyed as Problem;
}

/** A section that is none: a single value, a list, or nothing at all. */
function sectionProblem(path: Path, source: YamlSource): Problem {
  const keys = sectionKeys(path);
  const params = { key: written(path), keys: keys.length === 0 ? 'none' : keys.join(', ') };
  const at: Place = source.placeOfKey(path);
  if (path.length === 0) return { code: 'campaign.not-a-campaign', at };
  // The one section that must be there.
  if (path[0] === 'recipients' && !source.keysOf([]).includes('recipients')) {
    return {
      code: 'campaign.missing',
      params: { key: 'recipients', line: 'recipients: recipients.csv' },
      at,
    };
  }
  return { code: 'campaign.section', params, at };
}

function unknownKey(path: Path, source: YamlSource): Problem {
  const at = source.placeOfKey(path);
  const name = String(path.at(-1));
  const credential = credentialIn(name);
  if (credential !== null) return { code: 'campaign.credential', params: { key: name, ...credential }, at };
  const key = shown(written(path));
  const meant = meantKey(path.slice(0, -1), name);
  return meant === null
    ? { code: 'campaign.unknown-key', params: { key, keys: sectionKeys(path.slice(0, -1)).join(', ') }, at }
    : { code: 'campaign.unknown-key-meant', params: { key, meant }, at };
}

/** The key that was meant: near in spelling, or of the same name in another section. */
function meantKey(deps: Path, name: string): string | null {
  const near = suggestion(name, sectionKeys(deps));
  if (near !== null) return written([...deps, near]);
  const paths = keyPaths();
  const elsewhere = suggestion(
    name,
    paths.map((path) => path.at(-1) ?? ''),
  );
  return paths.find((path) => path.at(-1) === elsewhere)?.join('.') ?? null;
}

function written(path: Path): string {
  return path.map(String).join('.');
}

/** Which environment variable a credential belongs into. */
const VARIABLES: readonly (readonly [pattern: RegExp, variable: string])[] = [
  [/platica/i, 'PLATICA_API_KEY'],
  [/chatbotx/i, 'CHATBOTX_TOKEN'],
  [/workspace/i, 'PLAZBOT_WORKSPACE_ID'],
  [/api[-_ ]?key|token|bearer|authori[sz]ation|password|secret|credential/i, 'PLAZBOT_API_KEY'],
];

/** The environment variable for what this key seems to hold, or null when it is no credential. */
function credentialIn(key: string): { readonly variable: string } | null {
  const variable = VARIABLES.find(([pattern]) => pattern.test(key))?.[1];
  return variable === undefined ? null : { variable };
}
