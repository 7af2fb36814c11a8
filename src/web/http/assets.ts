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
    [ICON_PATH, { type: 'image/svg+xml', text: ICON }],
    [SCRIPT_PATH, { type: 'text/javascript; charset=utf-8', text: await readFile(SCRIPT, 'utf8') }],
  ]);
}

/** Path of the style sheet. */
export const STYLE_PATH = '/assets/page.css';
/** Path of the script. */
export const SCRIPT_PATH = '/assets/page.js';
/** Path of the small picture in the browser's tab. */
export const ICON_PATH = '/assets/icon.svg';

/** A sheet of paper that flies. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f766e"/><path d="M6 16 26 7l-7 19-4-8z" fill="#fff"/></svg>';
