/** Who said what stands beside an outcome: the provider, or only the line to it, which broke. */
export type SaidBy = 'provider' | 'connection';

/** Outcomes to which the provider said nothing. */
const UNANSWERED: ReadonlySet<string> = new Set(['no-answer', 'run-died']);

/** Reasons of people who are to be sent to again, because the try of which something was said is known to have failed. */
const SETTLED: ReadonlySet<string> = new Set(['absent', 'declared-absent']);

/** Whether evidence came after what was said, and tells more. */
export function isSettled(reason: string): boolean {
  return SETTLED.has(reason);
}

/** Who said it, by the reason of an outcome. */
export function saidBy(reason: string): SaidBy {
  return UNANSWERED.has(reason) ? 'connection' : 'provider';
}

/** How a connection ended without an answer. */
export type ConnectionEnd = 'broke' | 'silent' | 'failed';

/** How it ended, by what the system said of it, which begins with its code. */
export function connectionEnd(message: string | null): ConnectionEnd {
  const [code = ''] = (message ?? '').split(':');
  if (/TIMEDOUT|TIMEOUT/u.test(code)) return 'silent';
  return /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/u.test(code) ? 'broke' : 'failed';
}

/** What was said: a code, then the message without that code. */
export function saidText(code: string | null, message: string | null): string {
  const bare = bareMessage(code, message);
  return [code, bare].filter((part) => part !== null && part !== '').join(': ');
}

/** A message without its code, which stands beside it: providers repeat WhatsApp's as `(#131026)`. */
export function bareMessage(code: string | null, message: string | null): string | null {
  return code === null ? message : (message?.replace(`(#${code})`, '').trim() ?? null);
}
