import type { ListProvider } from '../../core/conversation.js';
import type { Args, Cli } from '../command.js';
import { sayVisibleId } from '../options.js';
import { openSandboxTarget } from '../send/sandbox-target.js';
import { listenForStop } from '../send/stop-signals.js';
import { type ListRequest, listRequestOf } from './open-list.js';

/** What a command that reads lists works with. */
export interface ListSession {
  readonly request: ListRequest;
  /** Fires at Ctrl-C: the page under way is given up. */
  readonly signal: AbortSignal;
}

/** Runs `work` with the way to a list: `--sandbox` starts the embedded one, Ctrl-C ends the reading in order. */
export async function withList<T>(
  args: Args,
  provider: ListProvider,
  cli: Cli,
  work: (session: ListSession) => Promise<T>,
): Promise<T> {
  const sandbox = args.flag('sandbox') ? await openSandboxTarget(cli) : null;
  const signals = listenForStop(cli.host, {
    stopping: () => cli.terminal.aside(`\n${cli.translate('list.stopping')}`),
    stoppedHard: () => undefined,
  });
  try {
    const request = listRequestOf(args, provider, sandbox?.target.baseUrl ?? null);
    if (provider === 'plazbot' && sandbox === null && request.workspaceId !== null)
      sayVisibleId(request.workspaceId, cli);
    return await work({ request, signal: signals.stop });
  } finally {
    signals.close();
    await sandbox?.close();
  }
}
