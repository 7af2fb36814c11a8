import type { AnswerFacts, Outcome } from '../../../../core/outcome.js';
import type { Problem } from '../../../../core/problem.js';
import type { Recipient } from '../../../../core/recipient.js';
import type { TemplateText } from '../../../../core/template.js';
import { filledText } from '../../../../core/template-text.js';
import { foreign, type Html, html } from '../../../../markup/markup.js';
import { forPage } from '../../../page-words.js';
import { callout, type Tone } from '../../../views/banner.js';
import { bubble } from '../../../views/bubble.js';
import { waitingFor } from '../../../views/going-on.js';
import { section } from '../../../views/parts.js';
import { problemList } from '../../../views/problems.js';
import type { Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';

/** A test that was sent, with what the phone is to show. */
export interface TestShown {
  readonly phone: string;
  /** null: nobody knows it. */
  readonly text: TemplateText | null;
  readonly row: Recipient;
  readonly outcome: Outcome;
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/** What became of it, and what to look for on the phone. */
export function testBody(visit: Visit, key: string, shown: TestShown): Html {
  const { translate } = visit;
  const { phone, outcome, unlogged } = shown;
  const [tone, told] = toldOf(visit, outcome);
  const arrives = outcome.kind === 'accepted' || outcome.kind === 'uncertain';
  const sent = html`<p><strong>${told}</strong></p><p>${translate('web.send.test.to')} ${foreign(phone)}</p>`;
  const lacks = unlogged === null ? null : callout('uncertain', problemList(visit, [unlogged]));
  return html`${callout(tone, sent)}${lacks}${arrives ? mustShow(visit, shown) : null}${back(visit, key)}`;
}

function mustShow(visit: Visit, { text, row }: TestShown): Html {
  const { translate } = visit;
  const title = translate('web.send.test.shows');
  if (text === null) return section(title, html`<p>${translate('web.send.test.shows-unknown')}</p>`);
  const filled = bubble(visit, filledText(text, row), row.attachment?.name ?? null);
  return section(
    title,
    html`${filled}<p>${translate('web.send.test.compare')}</p><ul class="plain"><li>${translate('web.send.test.compare-values')}</li><li>${translate('web.send.test.compare-buttons')}</li><li>${translate('web.send.test.compare-sender')}</li></ul>`,
  );
}

function toldOf({ translate }: Visit, outcome: Outcome): readonly [Tone, string] {
  const detail = detailOf(outcome.answer);
  switch (outcome.kind) {
    case 'accepted':
      return ['accepted', translate('web.send.test.accepted')];
    case 'refused':
      return [
        'refused',
        translate('web.send.test.refused', { reason: translate(`report.reason.${outcome.reason}`), detail }),
      ];
    case 'deferred':
      return ['uncertain', translate('web.send.test.deferred', { detail })];
    case 'uncertain':
      return ['uncertain', translate('web.send.test.uncertain', { detail })];
    case 'not-sent':
      return [
        'refused',
        outcome.halt === null
          ? translate('web.send.test.not-sent', { detail })
          : translate('web.send.test.halted', { why: translate(forPage(translate, outcome.halt)) }),
      ];
  }
}

function detailOf({ httpStatus, errorCode, errorMessage }: AnswerFacts): string {
  const parts = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode, errorMessage];
  return parts.filter((part) => part !== null).join(', ');
}

/** While the provider has not answered. */
export function testGoingBody(visit: Visit, path: string): Html {
  return waitingFor(path, html`<p>${visit.translate('web.send.test.going')}</p>`);
}

/** It never left, and why. */
export function testProblemsBody(visit: Visit, key: string, problems: readonly Problem[]): Html {
  return html`${callout('refused', problemList(visit, problems))}${back(visit, key)}`;
}

function back({ translate }: Visit, key: string): Html {
  return html`<p><a href="${campaignPath(key, 'send')}">${translate('web.send.test.back')}</a></p>`;
}
