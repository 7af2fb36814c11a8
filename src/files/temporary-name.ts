import { randomBytes } from 'node:crypto';

/**
 * A name that nobody can guess and lay a link at. Not made of the target's name: that may be as long as the file
 * system allows already.
 */
export function temporaryName(): string {
  return `.plazcast-${randomBytes(6).toString('hex')}.tmp`;
}
