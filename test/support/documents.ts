import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { anchorOf, page, ROOT, withoutBlocks } from './markdown.js';

/** Every document of the project. */
export const DOCUMENTS: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].toSorted();

/** What those who send campaigns read: there is each of them in both languages. */
export const FOR_USERS = [
  'page',
  'campaign-file',
  'recipients',
  'operating',
  'postgres',
  'lists',
  'sandbox',
  'reference',
  'security',
  'team',
  'server',
] as const;

/** The two languages: where to begin, and where the documents lie. */
export const LANGUAGES = [
  { language: 'en', readme: 'README.md', folder: 'docs' },
  { language: 'es', readme: 'README.es.md', folder: 'docs/es' },
] as const;

/** A document with its counterpart in Spanish. */
export const PAIRS: readonly (readonly [english: string, spanish: string])[] = [
  ['README.md', 'README.es.md'],
  ...FOR_USERS.map((name) => [`docs/${name}.md`, `docs/es/${name}.md`] as const),
];

/** A link within the project. */
export interface Link {
  readonly to: string;
  /** Path from the project's folder. */
  readonly file: string;
  /** Without `#`; '' where there is none. */
  readonly anchor: string;
}

/** The links of a document to something within the project. */
export function linksOf(name: string): readonly Link[] {
  const found = [...withoutBlocks(page(name)).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, to = '']) => to);
  return found
    .filter((to) => !/^https:/u.test(to))
    .map((to) => {
      const [path = '', anchor = ''] = to.split('#');
      const file = path === '' ? name : relative(ROOT, resolve(ROOT, dirname(name), path));
      return { to, file: file.replaceAll('\\', '/'), anchor };
    });
}

/** Whether a link leads to a file, and to a heading where it names one. */
export function leadsSomewhere({ file, anchor }: Link): boolean {
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false;
  return anchor === '' || headingsOf(file).some((heading) => anchorOf(heading) === anchor);
}

/** The headings of a document. */
export function headingsOf(name: string): readonly string[] {
  return [...withoutBlocks(page(name)).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) => heading);
}

/** Every document that links lead to from this one, itself included. */
export function reachableFrom(name: string): ReadonlySet<string> {
  const reached = new Set([name]);
  for (const one of reached) {
    for (const { file } of linksOf(one)) if (DOCUMENTS.includes(file)) reached.add(file);
  }
  return reached;
}
