import { environmentSecrets } from '../../app/environment.js';
import type { Site } from '../../web/site.js';
import type { Cli } from '../command.js';
import { maskingWith } from '../log/masking.js';
import type { LogLevel } from '../log/open-log.js';

/**
 * What the log of `serve` says: a line for each request, and for each bug. A request is told by the pattern of its path: what was
 * typed, a token and a phone can stand in none.
 */
export function serveLog({ log, translate, environment }: Cli): Pick<Site, 'answered' | 'bug'> {
  if (log === null) return { answered: () => {}, bug: () => {} };
  const { text } = maskingWith(log.showsPhones, environmentSecrets(environment));
  return {
    answered: ({ id, method, route, status, statusClass, durationMs }) => {
      const fields = { request_id: id, method, route, duration_ms: Math.round(durationMs) };
      const ended = statusClass === 'gone' ? { status: null } : { status };
      log.write(levelOf(method, status), 'request', { ...fields, ...ended }, translate('log.request'));
    },
    bug: (code, error, requestId) => {
      const message = text(error instanceof Error ? error.message : String(error));
      log.write('error', 'bug', { code, request_id: requestId, message }, translate('log.bug'));
    },
  };
}

/** Pages that are looked at again and again would hide what was done, and what went wrong. */
function levelOf(method: string, status: number): LogLevel {
  if (status >= 500) return 'error';
  return status >= 400 || method === 'POST' ? 'info' : 'debug';
}
