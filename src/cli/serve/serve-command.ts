import { resolve } from 'node:path';
import { CHECK_VARIABLE, checkForPage } from '../../app/apart/check-apart.js';
import { ROWS_VARIABLE, rowsAnswering } from '../../app/apart/rows-apart.js';
import { requireApprovals } from '../../app/approval/look-at-approval.js';
import { harmlessLines } from '../../core/harmless.js';
import { lineOf } from '../../core/new-process.js';
import { rowSentence } from '../../core/row-sentence.js';
import { isForOthers } from '../../web/http/reach.js';
import type { Site } from '../../web/site.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { orFail } from '../problems.js';
import { loadTranslate } from '../translate.js';
import { version } from '../version.js';
import { answerQuestions } from './answer-questions.js';
import { openBrowser } from './open-browser.js';
import { companyLoginIn, reachOption } from './reach-option.js';
import { serveLog } from './request-log.js';

/** `serve`: the page, until Ctrl-C. What it started goes on. */
export async function serveCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate, host, invocation } = cli;
  const check = host.env[CHECK_VARIABLE];
  if (check !== undefined) {
    host.stdout.write(lineOf(await checkForPage(check, cli)));
    return EXIT.done;
  }
  const [en, es] = await Promise.all([loadTranslate('en', invocation), loadTranslate('es', invocation)]);
  const says = { en, es };
  if (host.env[ROWS_VARIABLE] !== undefined) {
    const answering = rowsAnswering((language) => ({
      ...cli,
      translateReason: (reason, cell) => says[language](rowSentence(reason, cell)),
    }));
    await answerQuestions(host, answering);
    return EXIT.done;
  }
  const reach = await reachOption(args, cli);
  await setApproval(args, cli);
  const site = siteOf(args, says, cli);
  const { servePage } = await import('../../web/http/server.js');
  const page = orFail(await servePage(site, reach));
  // Before it says that it is there: whoever reads that may stop it at once.
  const stopped = stopAsked(host);
  const isTeam = await page.isTeam();
  const address = isTeam ? page.url : page.newAddress();
  if (terminal.json) terminal.document({ url: page.url, address, pid: host.pid });
  terminal.line(translate(isTeam ? 'serve.login' : 'serve.listening', { address }));
  if (reach.proxy !== null) terminal.line(translate('serve.behind-proxy', { listensAt: page.listensAt }));
  terminal.line(translate('serve.stop'));
  const opens = args.flag('open') && !isForOthers(reach);
  const forget = opens ? openBrowser(isTeam ? page.url : page.newAddress(), cli) : () => {};
  await stopped;
  forget();
  await page.close();
  return EXIT.done;
}

/** What the page is made of. */
function siteOf(args: Args, says: Site['says'], cli: Cli): Site {
  const { terminal, host } = cli;
  const log = serveLog(cli);
  return {
    app: cli,
    launcher: { program: host.program, env: host.env },
    campaignsFolder: resolve(cli.cwd, args.text('campaigns') ?? 'campaigns'),
    says,
    language: cli.language,
    version: version(),
    bug: (code, error, requestId) => {
      terminal.aside(bugLines(code, error, requestId));
      log.bug(code, error, requestId);
    },
    answered: log.answered,
    companyLogin: companyLoginIn(args, cli),
    metricsToken: cli.environment.metricsToken,
  };
}

/** What the ledger asks of campaigns from now on, where somebody said so. */
async function setApproval(args: Args, cli: Cli): Promise<void> {
  const approval = args.text('approval');
  if (approval === null) return;
  const required = approval === 'required';
  orFail(await requireApprovals(required, cli));
  cli.terminal.line(cli.translate(required ? 'serve.approval-required' : 'serve.approval-off'));
}

function bugLines(code: string, error: unknown, requestId: string | null): string {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return harmlessLines([code, ...(requestId === null ? [] : [requestId]), told].join(' '));
}

function stopAsked({ onSignal, offSignal }: Host): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  return new Promise((stop) => {
    const heard = (): void => {
      for (const signal of signals) offSignal(signal, heard);
      stop();
    };
    for (const signal of signals) onSignal(signal, heard);
  });
}
