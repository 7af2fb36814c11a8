import { failed, ok, type Result } from '../../core/problem.js';

/**
 * Checks that a credential is there and can stand in a header (visible ASCII). `variable` is the environment
 * variable to name in the message; the value itself is never repeated.
 */
export function readCredential(value: string | null | undefined, variable: string): Result<string> {
  const trimmed = (value ?? '').trim();
  if (trimmed === '') return failed({ code: 'list.credentials.missing', params: { variable } });
  if (!/^[\x21-\x7e]+$/u.test(trimmed)) {
    return failed({ code: 'list.credentials.malformed', params: { variable } });
  }
  return ok(trimmed);
}
