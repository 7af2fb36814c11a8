import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { replacePrivate } from '../../files/private-file.js';
import { html } from '../../markup/markup.js';
import type { Cli } from '../command.js';

/** The file is of no use once the browser has read it. */
const KEPT_MS = 60_000;

/**
 * Opens an address in the user's browser, where there is a screen. Every user of a machine can read the words of a running
 * command, so the browser gets the path of a file that its owner alone can open, and the token stands in there. The file
 * lies beside the ledger, and not in a folder that begins with a dot or is everybody's: browsers that come as a snap see
 * neither. Returns what takes the file away.
 */
export function openBrowser(address: string, { besideLedger, host, terminal, translate }: Cli): () => void {
  const opener = openerOf(process.platform, host.env);
  if (opener === null) return () => {};
  const file = join(dirname(besideLedger), `plazcast-page-${randomBytes(4).toString('hex')}.html`);
  const remove = (): void => rmSync(file, { force: true });
  try {
    replacePrivate(file, doorTo(address));
    const [program, ...words] = opener;
    const child = spawn(program, [...words, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
    child.on('error', () => terminal.aside(translate('serve.no-browser')));
    child.unref();
  } catch {
    terminal.aside(translate('serve.no-browser'));
  }
  const later = setTimeout(remove, KEPT_MS);
  later.unref();
  return () => {
    clearTimeout(later);
    remove();
  };
}

/** How this system opens a file in the browser; null: there is no screen, or nobody knows. */
function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['explorer.exe'];
  return (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') === '' ? null : ['xdg-open'];
}

function doorTo(address: string): string {
  return html`<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>plazcast</title>
<p><a href="${address}">plazcast</a></p>
`.html;
}
