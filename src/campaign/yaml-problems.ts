import { type Document, isAlias, isCollection, isMap, isScalar, visit, type YAMLError } from 'yaml';
import type { Place, Problem } from '../core/problem.js';
import type { PlainCode } from '../locales/index.js';

/** Sentences for the mistakes that people make in YAML; the rest gets a general one. */
const SENTENCES: Readonly<Partial<Record<YAMLError['code'], PlainCode>>> = {
  TAB_AS_INDENT: 'campaign.yaml-tab',
  BAD_INDENT: 'campaign.yaml-indent',
  BLOCK_AS_IMPLICIT_KEY: 'campaign.yaml-colon',
  BLOCK_IN_FLOW: 'campaign.yaml-bracket',
  MISSING_CHAR: 'campaign.yaml-unclosed',
  BAD_SCALAR_START: 'campaign.yaml-needs-quotes',
  BAD_DQ_ESCAPE: 'campaign.yaml-backslash',
  MULTIPLE_DOCS: 'campaign.yaml-several-documents',
};

/**
 * What is wrong with the YAML itself. Of the errors that make the rest unreadable only the first is told, because
 * those after it are mostly its echo; duplicate keys are all told and leave the file readable. The library's own texts
 * are not passed on: they quote the file, and a file may hold a credential.
 */
export function syntaxProblems(
  document: Document.Parsed,
  text: string,
  place: (offset: number) => Place,
): { readonly problems: readonly Problem[]; readonly usable: boolean } {
  const errors = document.errors.filter((error) => !isCommaDelimiter(error, text));
  const duplicates = errors.filter((error) => error.code === 'DUPLICATE_KEY');
  const broken = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  const problems = [...duplicates.map((error) => duplicateKey(error, text, place))];
  if (broken !== undefined) problems.push(syntaxProblem(broken, text, place));
  const shapes = broken === undefined ? shapeProblems(document, place) : [];
  return { problems: [...problems, ...shapes], usable: broken === undefined && shapes.length === 0 };
}

/** `delimiter: ,` is no good YAML, but it is clear what is meant. */
function isCommaDelimiter(error: YAMLError, text: string): boolean {
  return (
    error.code === 'BAD_SCALAR_START' && /^\s*delimiter:\s*,\s*(?:#.*)?$/.test(lineAt(text, error.pos[0]))
  );
}

function duplicateKey(error: YAMLError, text: string, place: (offset: number) => Place): Problem {
  const key = /^["']?([^\s"':]*)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
  return { code: 'campaign.yaml-duplicate', params: { key }, at: place(error.pos[0]) };
}

function syntaxProblem(error: YAMLError, text: string, place: (offset: number) => Place): Problem {
  const at = place(error.pos[0]);
  if (/:\s+\{\{|:\s+\{%/.test(lineAt(text, error.pos[0]))) return { code: 'campaign.yaml-liquid-quotes', at };
  return { code: SENTENCES[error.code] ?? 'campaign.yaml-syntax', at };
}

/** Things that are YAML, but not of a campaign file: aliases, and Liquid without quotes (a mapping to YAML). */
function shapeProblems(document: Document.Parsed, place: (offset: number) => Place): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias: (_, node) => {
      problems.push({ code: 'campaign.yaml-alias', at: place(node.range?.[0] ?? 0) });
    },
    Map: (_, node) => {
      const strange = node.items.find(({ key }) => !isScalar(key));
      if (strange === undefined) return undefined;
      const liquid = isMap(strange.key);
      const at = place(node.range?.[0] ?? 0);
      problems.push({ code: liquid ? 'campaign.yaml-liquid-quotes' : 'campaign.yaml-syntax', at });
      return isCollection(strange.key) || isAlias(strange.key) ? visit.SKIP : undefined;
    },
  });
  return problems;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end === -1 ? undefined : end);
}
