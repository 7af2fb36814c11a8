import type { Problem } from '../../core/problem.js';
import { type Html, html } from '../../markup/markup.js';
import type { Visit } from '../visit.js';
import { problemText } from './problems.js';

/** Something that is wrong with a form. */
export interface FormProblem {
  /** Name of the field that it is about; null: the form as a whole. */
  readonly field: string | null;
  readonly text: string;
}

/** Problems of a use case as those of a form. `fieldOf`: which field a problem is about; null: the form as a whole. */
export function formProblems(
  visit: Visit,
  problems: readonly Problem[],
  fieldOf: (problem: Problem) => string | null = () => null,
): readonly FormProblem[] {
  return problems.map((problem) => ({ field: fieldOf(problem), text: problemText(visit, problem) }));
}

/**
 * Slips in a form that changes a file. It comes back with the digest of the file as it is now: that somebody else saved the file
 * meanwhile is said along with them, or the next press would undo that unseen.
 *
 * @param seen digest of the file that the form was made of
 */
export function slipsBeside(
  { translate }: Visit,
  slips: readonly FormProblem[],
  seen: string,
  { digest }: { readonly digest: string },
): readonly FormProblem[] {
  return seen === digest ? slips : [{ field: null, text: translate('campaign.edited-meanwhile') }, ...slips];
}

/** Everything that is wrong, each leading to its field; the script moves the focus here. */
export function errorSummary(problems: readonly FormProblem[], title: string): Html | null {
  if (problems.length === 0) return null;
  const lines = problems.map(({ field, text }) =>
    field === null ? html`<li>${text}</li>` : html`<li><a href="#${field}">${text}</a></li>`,
  );
  return html`<div class="errors" role="alert" tabindex="-1" data-focus><h2>${title}</h2><ul>${lines}</ul></div>`;
}
