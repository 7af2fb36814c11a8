import { listExitCode } from '../../core/conversation.js';
import { type Finding, failure, failures, fine, warning } from '../../core/finding.js';
import { ok, type Result } from '../../core/problem.js';
import { redactor } from '../../core/redaction.js';
import type { App } from '../app.js';
import { problemWithoutSecrets } from '../lists/without-secrets.js';
import { openSandboxTarget, type Target, trustedTargetOf } from '../target.js';
import { credentialFindings, ledgerFindings } from './own-findings.js';

/** What is looked at. */
export interface Examination {
  /** `full` compares the indexes of the ledger, too. */
  readonly depth: 'quick' | 'full';
  /** The embedded sandbox instead of the provider. */
  readonly sandbox: boolean;
}

/** Told each finding as it is made. */
export type TellFindings = (findings: readonly Finding[]) => void;

/** What it came to: `shut`, when the provider could not be reached or refused the credentials. */
export interface Examined {
  readonly findings: readonly Finding[];
  readonly shut: boolean;
}

/** Looks at everything that a send stands on; sends nothing. */
export async function examine(
  { depth, sandbox }: Examination,
  told: TellFindings,
  app: App,
): Promise<Result<Examined>> {
  const findings: Finding[] = [];
  const tell: TellFindings = (found) => {
    findings.push(...found);
    told(found);
  };
  const machine = await app.machine();
  tell(machine.basis(app.besideLedger));
  tell(await ledgerFindings(app, depth));
  const { stateDir } = app.environment;
  tell(machine.ownPlaces({ cwd: app.cwd, ledgerFile: app.besideLedger, stateDir }));
  const shut = sandbox ? await lookAtSandbox(tell, app) : ok(await lookAtAccount(tell, app));
  return shut.ok ? ok({ findings, shut: shut.value }) : shut;
}

async function lookAtSandbox(tell: TellFindings, app: App): Promise<Result<boolean>> {
  const sandbox = await openSandboxTarget(app);
  if (!sandbox.ok) return sandbox;
  try {
    return ok(await lookAt(sandbox.value.target, tell, app));
  } finally {
    await sandbox.value.close();
  }
}

async function lookAtAccount(tell: TellFindings, app: App): Promise<boolean> {
  tell(credentialFindings(app.environment));
  // What there is no workspace for is told by then.
  if (app.environment.workspaceId === null) return false;
  const target = await trustedTargetOf({ provider: { baseUrl: null } }, app);
  if (target.ok) return lookAt(target.value, tell, app);
  tell(failures(target.problems));
  return false;
}

async function lookAt(target: Target, tell: TellFindings, app: App): Promise<boolean> {
  // Where no credential leaves this machine it is no more than a warning.
  if (app.environment.certificatesUnchecked) tell([warning('environment.certificates-unchecked')]);
  const look = await app.provider.look(target);
  switch (look.kind) {
    case 'reached': {
      const name = look.name === null ? [] : [fine('doctor.workspace-name', { name: look.name })];
      tell([fine('doctor.list', { host: new URL(target.baseUrl).host }), ...name, clockFinding(look)]);
      return false;
    }
    case 'unusable':
      tell(failures(look.problems));
      return false;
    case 'failed': {
      const { end } = look;
      const redact = redactor([target.workspaceId, target.apiKey, ...target.secrets]);
      tell(
        end === null
          ? [failure('doctor.list.nothing', { url: target.baseUrl })]
          : failures([problemWithoutSecrets(end.problem, redact)]),
      );
      return end === null || listExitCode(end) === NOTHING_READ;
    }
  }
}

const NOTHING_READ = 5;
const MUCH_SKEW_MS = 120_000;
const SOME_SKEW_MS = 10_000;

/** This machine's clock against the provider's: schedules and `reconcile` depend on it. */
function clockFinding({ clockOffsetMs }: { readonly clockOffsetMs: number | null }): Finding {
  if (clockOffsetMs === null) return warning('doctor.clock.unknown');
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  if (Math.abs(clockOffsetMs) < SOME_SKEW_MS) return fine('doctor.clock');
  const code = clockOffsetMs > 0 ? 'doctor.clock.behind' : 'doctor.clock.ahead';
  return Math.abs(clockOffsetMs) < MUCH_SKEW_MS ? warning(code, { seconds }) : failure(code, { seconds });
}
