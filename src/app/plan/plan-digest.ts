import { createHash } from 'node:crypto';
import type { Campaign } from '../../core/campaign.js';
import type { Plan } from '../../core/plan.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { ROW_RULES_VERSION } from '../../core/recipient.js';
import type { SuppressedPeople } from '../app.js';
import { listName } from '../templates/known-templates.js';

/** What a plan stands on, beside the campaign itself. */
export interface PlanBasis {
  /** Digest of the recipients file with its mended rows. */
  readonly recipients: string;
  /** The people of the do-not-contact files that the campaign names. */
  readonly suppressed: SuppressedPeople['people'];
  /** Where it goes; the address is '' where nobody knows it. */
  readonly target: { readonly baseUrl: string; readonly workspace: string };
}

/** What can have changed since a plan was shown, in the order in which it stands in a digest. */
const PARTS = ['message', 'recipients', 'suppress', 'settings', 'sender'] as const;
const WHOLE_DIGITS = 40;
const PART_DIGITS = 6;
const WRITTEN = new RegExp(`^[0-9a-f]{${WHOLE_DIGITS}}-[0-9a-f]{${PART_DIGITS * PARTS.length}}$`, 'u');

/**
 * Digest of what a send would do: equal digests are the same message with the same values to the same people, under the
 * same settings, by the same sender, and by a version that fills rows alike (`rowRules`). Not of the clock, of folders, or of
 * who got it meanwhile. Behind the digest of the whole stand a few digits for each part, which only tell what changed.
 */
export function planDigest(campaign: Campaign, basis: PlanBasis, rowRules = ROW_RULES_VERSION): string {
  const parts = partsOf(campaign, basis).map(hashOf);
  return `${hashOf([...parts, rowRules]).slice(0, WHOLE_DIGITS)}-${parts.map((part) => part.slice(0, PART_DIGITS)).join('')}`;
}

/**
 * A plan's digest as somebody saw it: a send may be the first to learn the template's text, which changes nothing of what goes
 * out.
 *
 * @param shown what was approved, or confirmed; it is taken where it stands for this plan
 */
export function digestAsShown(
  { digest, digestWithoutText }: Pick<Plan, 'digest' | 'digestWithoutText'>,
  shown: string | undefined,
): string {
  return shown === digestWithoutText ? shown : digest;
}

/** Fails with what changed since `expected` was shown; `now`: the digest of what would be sent. */
export function requirePlan(expected: string, now: string): Result<null> {
  if (expected === now) return ok(null);
  const shown = partsIn(expected);
  const changed = PARTS.filter((_, index) => shown[index] !== partsIn(now)[index]);
  if (changed.length === 0) return failed({ code: 'plan.changed-since' });
  return failed(...changed.map((part): Problem => ({ code: `plan.changed-${part}` })));
}

/** The digest as somebody gave it; a problem where it is none. */
export function readPlanDigest(typed: string): Result<string> {
  const digest = typed.trim().toLowerCase();
  return WRITTEN.test(digest) ? ok(digest) : failed({ code: 'plan.no-digest', params: { value: typed } });
}

function partsIn(digest: string): readonly string[] {
  return PARTS.map((_, index) => {
    const start = WHOLE_DIGITS + 1 + index * PART_DIGITS;
    return digest.slice(start, start + PART_DIGITS);
  });
}

/** Every setting of a campaign stands in one of them: a new one has to be put somewhere. */
function partsOf(
  campaign: Campaign,
  { recipients: rows, suppressed, target }: PlanBasis,
): readonly unknown[] {
  const { template, text, type, campaignName, variables, attachment, provider, ...others } = campaign;
  // Where files lie, and what a rate card says, change nothing of what is sent.
  const {
    recipients,
    file: _file,
    folder: _folder,
    suppressFiles: _,
    rateCardFile: _card,
    ...settings
  } = others;
  const { file: _rows, within: _within, ...readAs } = recipients;
  const mapping = variables && [variables.header, variables.body].map((values) => values.map(pair));
  return [
    [template, text, type, campaignName, mapping, attachment, provider.api],
    [rows, readAs],
    suppressed.map(({ person }) => person),
    settings,
    listName(target),
  ];
}

function pair({ variable, template }: { readonly variable: string; readonly template: string }): unknown {
  return [variable, template];
}

/** Keys in one order: how a file writes them says nothing. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
