import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Problem, systemCode } from '../core/problem.js';
import { isLoopback } from '../core/public-host.js';
import { createPrivate, unfitFor } from '../files/private-file.js';
import type { SandboxContext } from './context.js';
import { createFaultChooser } from './faults/chooser.js';
import { openSandboxLog, type SandboxLog } from './log/sandbox-log.js';
import { type SandboxOptions, type SandboxSettings, settled } from './options.js';
import { createRateGate } from './rate-gate.js';
import { listenTo } from './receive.js';
import { lazilySeeded } from './seeds/people.js';

export type { SandboxOptions } from './options.js';

/** A sandbox that runs. */
export interface Sandbox {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Cuts every connection, commits what waits, and closes the log. */
  close(): Promise<void>;
}

/** A sandbox that could not start, with the reason for a person. */
export class SandboxStartError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause: unknown) {
    super(problem.code, { cause });
    this.name = 'SandboxStartError';
    this.problem = problem;
  }
}

/**
 * Starts a local server that behaves like Plazbot (and, for their conversation lists, like Platica and
 * ChatbotX). Rejects with a `SandboxStartError`: `sandbox.host-not-loopback`, `sandbox.log-unusable`,
 * `sandbox.port-taken`, `sandbox.not-started`, `file.link`, `file.in-the-way`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const settings = settled(options);
  if (!isLoopback(settings.host)) {
    const params = { host: settings.host };
    throw new SandboxStartError({ code: 'sandbox.host-not-loopback', params }, null);
  }
  const log = opened(settings);
  // Imported, node:http brings Node's own fetch along: 60 ms of processor and 14 MB (measured, Node 24).
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer({ keepAliveTimeout: settings.keepAliveMs, noDelay: true });
  listenTo(server, contextOf(settings, log));
  try {
    await listening(server, settings);
  } catch (error) {
    log.close();
    throw new SandboxStartError(portProblem(settings, error), error);
  }
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return { url: `http://${host}:${port}`, port, close: () => closed(server, log) };
}

function contextOf(settings: SandboxSettings, log: SandboxLog): SandboxContext {
  const { ratePerSecond, faults, seed, clockOffsetMs } = settings;
  const startedAt = Date.now() + clockOffsetMs;
  const listRequests = { platica: 0, chatbotx: 0 };
  return {
    settings,
    log,
    chooseFault: createFaultChooser(faults, seed),
    sendGate: Number.isFinite(ratePerSecond)
      ? createRateGate(Math.max(1, Math.floor(ratePerSecond)), 1_000)
      : null,
    chatbotxGate: createRateGate(120, 10_000),
    platicaGate: createRateGate(30, 1_000),
    now: () => Date.now() + clockOffsetMs,
    startedAt,
    seededPeople: lazilySeeded(seed, settings.conversations, startedAt),
    countListRequest: (list) => {
      listRequests[list] += 1;
      return listRequests[list] - 1;
    },
    monotonicMs: () => performance.now(),
    // Unreferenced: a wait keeps no process alive, the server does.
    pause: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms).unref())),
  };
}

/** What was sent stands in the log: its owner's alone from the first byte, and not behind a link that lay there. */
function opened(settings: SandboxSettings): SandboxLog {
  try {
    const { dbFile: path } = settings;
    const unfit = path === ':memory:' ? null : unfitFor(createPrivate(path), path);
    if (unfit !== null) throw new SandboxStartError(unfit, null);
    return openSandboxLog(settings.dbFile, settings.listLagMs);
  } catch (error) {
    if (error instanceof SandboxStartError) throw error;
    const params = { file: settings.dbFile, reason: reasonOf(error).replace(SYSTEM_CALL, '') };
    throw new SandboxStartError({ code: 'sandbox.log-unusable', params }, error);
  }
}

function listening(server: Server, { host, port }: SandboxSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portProblem({ host, port }: SandboxSettings, error: unknown): Problem {
  if (systemCode(error) === 'EADDRINUSE')
    return { code: 'sandbox.port-taken', params: { port: String(port) } };
  return { code: 'sandbox.not-started', params: { address: `${host}:${port}`, reason: reasonOf(error) } };
}

/** What Node adds to the system's own words: the call, and the file that is named anyway. */
const SYSTEM_CALL = /, \w+ '.*'$/su;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function closed(server: Server, log: SandboxLog): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      log.close();
      resolve();
    });
    server.closeAllConnections();
  });
}
