import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { programNamed } from '../report/programs.js';

// Without the parts that a person would look at, the same engine takes a quarter less of a core.
const executablePath = programNamed(
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
);

/** Whether this machine has a browser for the tests. */
export const HAS_CHROMIUM = executablePath !== null;
/** What the name of a suite says where it has none. */
export const WITHOUT_CHROMIUM = HAS_CHROMIUM
  ? ''
  : ' (skipped: Chromium is not installed; Debian: apt-get install chromium-headless-shell)';

/** No sandbox, because the tests may run as root in a container; nothing that would call home. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages that live for seconds: threads that would make their scripts faster cost more than they give.
  '--js-flags=--single-threaded',
  '--renderer-process-limit=1',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where files of tests that share a process find each other's browser. */
const KEPT = Symbol.for('plazcast.chromium');
const kept: typeof globalThis & { [KEPT]?: Promise<Browser> } = globalThis;

/** The browser of this process of the tests, which ends with it. Whoever opens a context there closes it. */
export function chromiumOfTests(): Promise<Browser> {
  kept[KEPT] ??= chromium.launch({ executablePath: executablePath ?? '', args: FLAGS });
  return kept[KEPT];
}

/** What axe finds wrong, with everything opened that can be. */
export async function violations(page: Page): Promise<unknown> {
  await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
  if (!(await page.evaluate<boolean>("'axe' in window"))) {
    await page.evaluate(AXE);
    // What comes next has it from the start: to hand over so much text costs more than to run it.
    await page.context().addInitScript(AXE);
  }
  return page.evaluate(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]))",
  );
}
