import type { Language } from '../locales/index.js';

/** Oldest Node that plazcast runs on, as `engines` in package.json says: undici 8 needs 22.19. */
export const NODE_FLOOR = '22.19';

/** @param version as in `process.versions.node` */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = NODE_FLOOR.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/** What to tell somebody whose Node is too old. Not among the sentences, which an older Node cannot load. */
export function olderNodeSentence(version: string, language: Language): string {
  return language === 'es'
    ? `plazcast necesita Node ${NODE_FLOOR} o más reciente; este es ${version}. Instale la versión LTS actual de Node y vuelva a intentarlo.`
    : `plazcast needs Node ${NODE_FLOOR} or newer; this is ${version}. Install the current LTS version of Node and try again.`;
}
