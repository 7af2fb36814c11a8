import type { Cli } from '../command.js';

/** The library's own words are English. */
export function selectTheme(translate: Cli['translate']): {
  readonly style: { readonly keysHelpTip: () => string };
} {
  return { style: { keysHelpTip: () => translate('ask.keys') } };
}
