import { type Place, type Problem, ProblemsThrown, systemCode } from './problem.js';

/**
 * Thrown while a table is being read, when something in the middle of the file makes all of it unusable: an
 * unclosed quote (with the line where it began), or a disk that stops answering. What was read so far must be
 * thrown away by whoever asked: an import rolls back.
 */
export class UnusableFile extends ProblemsThrown {}

/** What a failed file operation means to a person. */
export function readProblem(file: string, error: unknown): Problem {
  const code = systemCode(error) ?? '';
  const at: Place = { file };
  if (code === 'ENOENT') return { code: 'recipients.not-found', at };
  if (code === 'EISDIR') return { code: 'recipients.folder', at };
  if (code === 'EFTYPE') return { code: 'file.not-ordinary', at };
  if (code === '') throw error;
  return { code: 'recipients.unreadable', params: { error: code }, at };
}
