import type { Liquid } from 'liquidjs';
import type { FileTemplate, VariableMapping, VariableTemplate } from '../core/campaign.js';
import { type Problem, problemAt, type Result } from '../core/problem.js';
import { parseTemplate } from './liquid-engine.js';
import type { CampaignTemplates, ParsedTemplate } from './renderer.js';
import type { Path, YamlSource } from './yaml-source.js';

/** Parses every Liquid text of a campaign; all mistakes at once, each with its place in the file. */
export function parsedTemplates(
  engine: Liquid,
  variables: VariableMapping | null,
  attachment: FileTemplate | null,
  source: YamlSource,
): Result<CampaignTemplates> {
  const problems: Problem[] = [];
  const parse = (name: string, text: string, path: Path): ParsedTemplate => {
    const placeInside = (line: number, column: number) => source.placeInside(path, line, column);
    const parsed = parseTemplate(engine, name, text);
    if (parsed.ok) return { name, text, templates: parsed.value, placeInside };
    const { problem, line, column } = parsed.found;
    problems.push(problemAt(problem, placeInside(line, column)));
    return { name, text, templates: [], placeInside };
  };
  const all = (part: 'body' | 'header', templates: readonly VariableTemplate[]) =>
    templates.map(({ variable, template }) => ({
      ...parse(`${part}.${variable}`, template, ['variables', part, variable]),
      variable,
    }));
  const value: CampaignTemplates = {
    fillsVariables: variables !== null,
    body: all('body', variables?.body ?? []),
    header: all('header', variables?.header ?? []),
    attachment: attachment && {
      url: parse('file.url', attachment.url, ['file', 'url']),
      name: parse('file.name', attachment.name, ['file', 'name']),
    },
  };
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}
