import { examine } from '../../app/doctor/examine.js';
import type { Finding } from '../../core/finding.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

/** `doctor`: looks at everything a send stands on; sends nothing. */
export async function doctorCommand(args: Args, cli: Cli): Promise<number> {
  const tell = (found: readonly Finding[]): void => {
    for (const finding of found) cli.terminal.line(lineOf(finding, cli));
  };
  const looked = { depth: args.flag('full') ? 'full' : 'quick', sandbox: args.flag('sandbox') } as const;
  const { findings, shut } = orFail(await examine(looked, tell, cli));
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

function lineOf(finding: Finding, { translate, terminal }: Cli): string {
  const { green, yellow, red } = terminal.colours;
  const colour = { ok: green, warn: yellow, fail: red }[finding.level];
  return `${colour(translate(`doctor.level.${finding.level}`).padEnd(LEVEL_WIDTH))} ${translate(finding)}`;
}

/** The longest word for a level, in both languages. */
const LEVEL_WIDTH = 5;
