import { isInterruption } from './asks.js';
import type { Cli } from './command.js';
import { brokenLines } from './progress/text.js';

/** What stands before a question, and room for the answer. The library itself breaks within words. */
const MARK_COLUMNS = 6;

/** Where a question is asked. */
type Asker = Pick<Cli, 'terminal' | 'translate'>;

/**
 * Asks a question that yes or no answers, in the words of its language; what is neither is asked again, and Enter is a
 * no. Throws what `isInterruption` tells when somebody presses Ctrl-C or Ctrl-D.
 *
 * @param signal takes the question back: then it is a no
 */
export async function askYesNo(
  question: string,
  { terminal, translate }: Asker,
  signal?: AbortSignal,
): Promise<boolean> {
  const { input } = await import('@inquirer/prompts');
  const asks = terminal.asks();
  const context = signal === undefined ? asks : { ...asks, signal: AbortSignal.any([asks.signal, signal]) };
  const lines = brokenLines(`${question} ${translate('ask.hint')}`, terminal.columns() - MARK_COLUMNS);
  const answer = await input(
    {
      message: lines.join('\n'),
      validate: (text) => meaningOf(text, translate) !== null || translate('ask.unclear'),
      // Kept, it would stand before the next answer, which then is unclear, too.
      theme: { validationFailureMode: 'clear' },
    },
    context,
  ).catch((error: unknown) => {
    if (isInterruption(error)) throw error;
    return '';
  });
  return meaningOf(answer, translate) === true;
}

/** What an answer means; null: neither. Capitals and accents make no difference. */
function meaningOf(answer: string, translate: Asker['translate']): boolean | null {
  const word = answer.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  if (word === '' || translate('ask.no').split(' ').includes(word)) return false;
  return translate('ask.yes').split(' ').includes(word) ? true : null;
}
