import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { programNamed } from '../report/programs.js';

const executablePath = programNamed('chromium', 'chromium-browser', 'google-chrome');

/** Whether this machine has a browser for the tests. */
export const HAS_CHROMIUM = executablePath !== null;
/** What the name of a suite says where it has none. */
export const WITHOUT_CHROMIUM = HAS_CHROMIUM
  ? ''
  : ' (skipped: Chromium is not installed; Debian: apt-get install chromium)';

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
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Debian's Chromium: slow, so once for a file of tests. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: FLAGS });
}

/** What axe finds wrong, with everything opened that can be. */
export async function violations(page: Page): Promise<unknown> {
  await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
  await page.evaluate(AXE);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]))',
  );
}
