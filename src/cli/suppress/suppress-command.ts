import { whoseList } from '../../app/suppress/whose-list.js';
import { isFingerprint } from '../../app/workspace.js';
import type { Problem } from '../../core/problem.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { sayVisibleId } from '../options.js';
import { orFail } from '../problems.js';
import { addNumbers, importFile, importFrom, removeNumbers } from './change-list.js';
import { exportList, showList } from './show-list.js';

/** `suppress`: the do-not-contact list of a workspace. */
export async function suppressCommand(args: Args, cli: Cli): Promise<number> {
  const action = args.required('action');
  const what = args.texts('what');
  const from = args.text('from');
  const wrong = misuse(action, what, from);
  if (wrong !== null) throw new CommandFailure(EXIT.unusable, [wrong]);
  const sandbox = args.flag('sandbox');
  const typed = args.text('workspace')?.trim() ?? '';
  if (!sandbox && typed !== '' && !isFingerprint(typed)) sayVisibleId(typed, cli);
  const workspace = orFail(await whoseList(sandbox, typed, cli));
  switch (action) {
    case 'add':
      return addNumbers(what, workspace, args, cli);
    case 'remove':
      return removeNumbers(what, workspace, args, cli);
    case 'list':
      return showList(workspace, args, cli);
    case 'export':
      return exportList(workspace, args.text('output'), cli);
    default:
      return from === null
        ? importFile(what[0] ?? '', workspace, args, cli)
        : importFrom(from === 'platica' ? 'platica' : 'chatbotx', workspace, args, cli);
  }
}

/** What does not go together on the command line, or null. */
function misuse(action: string, what: readonly string[], from: string | null): Problem | null {
  if (action === 'add' || action === 'remove') {
    return what.length === 0 ? { code: 'suppress.needs-numbers', params: { action } } : null;
  }
  if (action === 'import') {
    const sources = what.length + (from === null ? 0 : 1);
    return sources === 1 ? null : { code: 'suppress.needs-one-source' };
  }
  const [first] = what;
  return first === undefined ? null : { code: 'suppress.takes-nothing', params: { action, what: first } };
}
