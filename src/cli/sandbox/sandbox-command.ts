import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { failed } from '../../core/problem.js';
import { faultNames, parseFault } from '../../sandbox/faults/rules.js';
import { SandboxStartError, startSandbox } from '../../sandbox/start-sandbox.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';

/** `sandbox`: a local Plazbot-like server, until Ctrl-C. */
export async function sandboxCommand(args: Args, cli: Cli): Promise<number> {
  const faults = args.texts('fault').map((text) => orFail(parseFault(text)));
  const latency = latencyOption(args);
  const rate = integerOption(args, 'rate', 1);
  const seed = integerOption(args, 'seed', 0);
  const workspaceId = args.text('workspace');
  const dbFile = resolve(cli.cwd, args.text('data') ?? 'plazcast.sandbox.db');
  try {
    const sandbox = await startSandbox({
      port: integerOption(args, 'port', 0) ?? 0,
      dbFile,
      workspaceId,
      faults,
      ...(latency === null ? {} : { latencyMs: { min: latency, max: latency } }),
      ...(rate === null ? {} : { ratePerSecond: rate }),
      ...(seed === null ? {} : { seed }),
    });
    // Before it says that it is there: whoever reads that may stop it at once.
    const stopped = stopAsked(cli.host);
    if (cli.terminal.json)
      cli.terminal.document({ url: sandbox.url, port: sandbox.port, pid: cli.host.pid, data: dbFile });
    cli.terminal.line(cli.translate('sandbox.listening', { url: sandbox.url }));
    cli.terminal.line(cli.translate('sandbox.use', { url: sandbox.url }));
    if (existsSync(dbFile))
      cli.terminal.line(cli.translate('sandbox.faults', { names: faultNames.join(', ') }));
    await stopped;
    await sandbox.close();
    return EXIT.done;
  } catch (error) {
    if (error instanceof SandboxStartError) return orFail(failed(error.problem));
    throw error;
  }
}

/** Milliseconds, as a number or with a unit: `200`, `200ms`, `3s`. */
function latencyOption(args: Args): number | null {
  const [, digits, unit] = /^(\d{1,7})\s*(ms|s)?$/u.exec(args.text('latency') ?? '') ?? [];
  if (digits === undefined) return integerOption(args, 'latency', 0);
  return Number(digits) * (unit === 's' ? 1000 : 1);
}

function stopAsked({ onSignal, offSignal }: Host): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const heard = (): void => {
        offSignal(signal, heard);
        stop();
      };
      onSignal(signal, heard);
    }
  });
}
