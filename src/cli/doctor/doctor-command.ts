import { environmentSecrets } from '../../app/environment.js';
import { plazbotDestination, type Target } from '../../app/target.js';
import { uncheckedCertificates } from '../../app/untrusted-host.js';
import { workspaceFingerprint } from '../../app/workspace.js';
import { checkedBaseUrl } from '../../core/checked-url.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { PROVIDER_BASE_URLS } from '../../providers/http/base-url.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { requireTrustedHost } from '../host-trust.js';
import { openSandboxTarget } from '../send/sandbox-target.js';
import { type Finding, failure, failures, warning } from './finding.js';
import {
  diskFinding,
  filesystemFinding,
  ledgerFindings,
  nodeFinding,
  stateFolderFinding,
} from './machine-checks.js';
import { credentialFindings, privateFindings } from './private-checks.js';
import { providerFindings } from './provider-checks.js';

/** `doctor`: looks at everything a send stands on; sends nothing. */
export async function doctorCommand(args: Args, cli: Cli): Promise<number> {
  const depth = args.flag('full') ? 'full' : 'quick';
  const findings: Finding[] = [];
  const tell = (...found: readonly (Finding | null)[]): void => {
    for (const finding of found) {
      if (finding === null) continue;
      findings.push(finding);
      cli.terminal.line(lineOf(finding, cli));
    }
  };
  tell(nodeFinding(process.versions.node));
  tell(diskFinding(cli.ledgerFile), filesystemFinding(cli.ledgerFile));
  tell(...(await ledgerFindings(cli.ledgers, cli.ledgerFile, depth)));
  tell(stateFolderFinding(cli.environment.stateDir));
  tell(...privateFindings({ ...cli, stateDir: cli.environment.stateDir }));
  const shut = args.flag('sandbox') ? await lookAtSandbox(tell, cli) : await lookAtProvider(tell, cli);
  const failing = findings.filter(({ level }) => level === 'fail').length;
  const exitCode = shut ? EXIT.unreachable : failing > 0 ? EXIT.needsPerson : EXIT.done;
  const warnings = findings.filter(({ level }) => level === 'warn').length;
  cli.terminal.line(cli.translate('doctor.summary', { failing, warnings }));
  if (cli.terminal.json) {
    const checks = findings.map((finding) => ({
      level: finding.level,
      code: finding.code,
      message: cli.translate(finding),
    }));
    cli.terminal.document({ checks, exitCode });
  }
  return exitCode;
}

/** Where no credential leaves this machine it is no more than a warning. */
function certificateWarning({ environment }: Cli): Finding | null {
  return environment.certificatesUnchecked ? warning('environment.certificates-unchecked') : null;
}

type Tell = (...found: readonly (Finding | null)[]) => void;

async function lookAtSandbox(tell: Tell, cli: Cli): Promise<boolean> {
  const sandbox = await openSandboxTarget(cli);
  try {
    const { findings, shut } = await providerFindings(sandbox.target);
    tell(certificateWarning(cli), ...findings);
    return shut;
  } finally {
    await sandbox.close();
  }
}

async function lookAtProvider(tell: Tell, cli: Cli): Promise<boolean> {
  tell(...credentialFindings(cli.environment));
  const target = targetFor(cli);
  if (target === null) return false;
  if (!target.ok) {
    tell(...failures(target.problems));
    return false;
  }
  const unchecked = uncheckedCertificates(target.value.baseUrl, cli.environment);
  if (unchecked !== null) {
    tell(failure(unchecked.code));
    return false;
  }
  const { destination } = target.value;
  const trusted = destination === null ? ok(null) : await requireTrustedHost(destination, cli);
  if (!trusted.ok) {
    tell(...failures(trusted.problems));
    return false;
  }
  tell(certificateWarning(cli));
  const { findings, shut } = await providerFindings(target.value);
  tell(...findings);
  return shut;
}

/** Where the environment says that Plazbot is; null: there is no workspace to ask for. */
function targetFor({ environment }: Cli): Result<Target> | null {
  const { workspaceId, plazbotApiKey, plazbotBaseUrl } = environment;
  if (workspaceId === null) return null;
  const url = checkedBaseUrl(plazbotBaseUrl ?? PROVIDER_BASE_URLS.plazbot.url);
  if (!url.ok) {
    const name = PROVIDER_BASE_URLS.plazbot.variable;
    return failed(...url.problems, { code: 'environment.base-url', params: { name } });
  }
  const workspace = workspaceFingerprint(workspaceId);
  const destination = plazbotDestination(url.value, false, environment);
  const secrets = environmentSecrets(environment);
  return ok({ baseUrl: url.value, workspaceId, apiKey: plazbotApiKey, workspace, destination, secrets });
}

function lineOf(finding: Finding, { translate, terminal }: Cli): string {
  const { green, yellow, red } = terminal.colours;
  const colour = { ok: green, warn: yellow, fail: red }[finding.level];
  return `${colour(translate(`doctor.level.${finding.level}`).padEnd(LEVEL_WIDTH))} ${translate(finding)}`;
}

/** The longest word for a level, in both languages. */
const LEVEL_WIDTH = 5;
