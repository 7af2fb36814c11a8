/** One thing that a traced process asked of the kernel: a write begins, a sync has ended. */
export interface SystemCall {
  readonly kind: 'write' | 'sync';
  /** What was written to or synced: a path, or a socket as strace names it. */
  readonly file: string;
  /** What strace shows of the arguments; quotes are escaped. */
  readonly text: string;
}

const SYNCS = new Set(['fsync', 'fdatasync']);
const LINE = /^(\d+)\s+[\d.]+ (.*)$/u;
const CALL = /^(\w+)\(\d+<([^>]*(?:->[^>]*)?)>(.*)$/su;

/**
 * Reads what `strace -f -y -ttt` wrote, for writes and syncs. With several threads a call may be written in two
 * lines: a write counts from its beginning, a sync only when it has ended without an error.
 */
export function readTrace(trace: string): readonly SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, thread = '', text = ''] = LINE.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>/u.exec(text);
    if (resumed !== null) {
      const file = unfinished.get(thread);
      if (SYNCS.has(resumed[1] ?? '') && file !== undefined && text.endsWith('= 0')) {
        calls.push({ kind: 'sync', file, text });
      }
      continue;
    }
    const [, name = '', file = ''] = CALL.exec(text) ?? [];
    if (name === '') continue;
    if (!SYNCS.has(name)) calls.push({ kind: 'write', file, text });
    else if (text.includes('<unfinished')) unfinished.set(thread, file);
    else if (text.endsWith('= 0')) calls.push({ kind: 'sync', file, text });
  }
  return calls;
}
