import type { Campaign } from '../../core/campaign.js';
import type { AnswerFacts, Outcome } from '../../core/outcome.js';
import type { Halt } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import { filledText } from '../../core/template-text.js';
import { haltedJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';

/** Says what became of the test. Returns the exit code. */
export function sayOutcome(
  outcome: Outcome,
  { interrupted, sandbox }: { readonly interrupted: boolean; readonly sandbox: boolean },
  { translate, terminal }: Cli,
): number {
  const { green, red, yellow } = terminal.colours;
  const detail = detailOf(outcome.answer);
  switch (outcome.kind) {
    case 'accepted':
      terminal.line(green(translate(sandbox ? 'test.accepted-sandbox' : 'test.accepted')));
      break;
    case 'refused':
      terminal.line(
        red(translate('test.refused', { reason: translate(`report.reason.${outcome.reason}`), detail })),
      );
      break;
    case 'deferred':
      terminal.line(yellow(translate('test.deferred', { detail })));
      break;
    case 'uncertain':
      terminal.line(yellow(translate('test.uncertain', { detail })));
      break;
    case 'not-sent':
      terminal.line(
        red(
          outcome.halt === null ? translate('test.not-sent', { detail }) : haltText(outcome.halt, translate),
        ),
      );
  }
  return interrupted ? EXIT.interrupted : exitCodeOf(outcome);
}

function haltText(halt: Halt, translate: Cli['translate']): string {
  return translate('test.halted', { why: translate(halt) });
}

/** 0 accepted, 1 refused or uncertain, 3 not now, 5 not reachable or not allowed in. */
function exitCodeOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'accepted':
      return EXIT.done;
    case 'refused':
    case 'uncertain':
      return EXIT.needsPerson;
    case 'deferred':
      return EXIT.halted;
    case 'not-sent': {
      const shut = outcome.halt === null || outcome.halt.code === 'halt.credentials';
      return shut ? EXIT.unreachable : EXIT.halted;
    }
  }
}

/** What the provider said to it. */
export function detailOf({ httpStatus, errorCode, errorMessage }: AnswerFacts): string {
  const parts = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode, errorMessage];
  return parts.filter((part) => part !== null).join(', ');
}

/** What `test --json` prints before the exit code. */
export function testJson(
  campaign: Pick<Campaign, 'name' | 'text'>,
  phone: string,
  row: Recipient,
  outcome: Outcome,
  { translate }: Cli,
): object {
  return {
    campaign: campaign.name,
    phone,
    line: row.line,
    body: row.body,
    header: row.header,
    text: campaign.text === null ? null : filledText(campaign.text, row),
    outcome: outcome.kind,
    reason: outcome.kind === 'refused' || outcome.kind === 'uncertain' ? outcome.reason : null,
    contactId: outcome.kind === 'accepted' ? outcome.contactId : null,
    ...outcome.answer,
    halted: haltedJson(outcome.kind === 'not-sent' ? outcome.halt : null, translate),
  };
}
