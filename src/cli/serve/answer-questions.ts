import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { lineOf } from '../../core/new-process.js';
import type { Host } from '../host.js';

/** Answers a document a line, each when its answer is there, until whoever asks is gone: see `Processes.converse`. */
export async function answerQuestions(
  { stdin, stdout }: Pick<Host, 'stdin' | 'stdout'>,
  answer: (question: unknown) => Promise<unknown>,
): Promise<void> {
  const lines = createInterface({ input: stdin });
  lines.on('line', async (line) => {
    const { id, question } = JSON.parse(line) as { id: number; question: unknown };
    stdout.write(lineOf({ id, answer: await answer(question) }));
  });
  await once(lines, 'close');
}
