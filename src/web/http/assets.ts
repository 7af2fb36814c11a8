import { readFile } from 'node:fs/promises';
import { STYLE } from '../style/style.js';

/** Where the browser's own code lies once it is built. */
const SCRIPT = new URL('../../web/browser/page.js', import.meta.url);

/** Something that a page asks for beside itself. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

/** Everything that there is, by its path. Nothing is looked for in a folder, so there is no way into one. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  return new Map([
    [STYLE_PATH, { type: 'text/css; charset=utf-8', text: STYLE }],
    [SCRIPT_PATH, { type: 'text/javascript; charset=utf-8', text: await readFile(SCRIPT, 'utf8') }],
  ]);
}

/** Path of the style sheet. */
export const STYLE_PATH = '/assets/page.css';
/** Path of the script. */
export const SCRIPT_PATH = '/assets/page.js';
