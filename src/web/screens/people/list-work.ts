import { commandApart, type ToldDocument, toldDocument } from '../../../app/apart/command-apart.js';
import { placeOf } from '../../../app/overview/campaign-seen.js';
import { trustedTargetOf } from '../../../app/target.js';
import { ok, type Result } from '../../../core/problem.js';
import type { Work } from '../../background/works.js';
import type { Visit } from '../../visit.js';
import type { Whose } from './whose.js';

/** What is done with the provider's list: settling who is uncertain, or comparing everybody with it. */
export type ListWork = 'settle' | 'audit';

/** What the command said, as far as the page tells it. */
export interface ListTold {
  readonly exitCode: number;
  /** Why it did nothing; or what is not done beside what it tells. */
  readonly problems?: readonly { readonly message: string }[];
  readonly halted?: { readonly message: string } | null;
  readonly settled?: {
    readonly uncertain: number;
    readonly accepted: number;
    readonly failed: number;
    readonly provenAbsent: number;
    readonly requeued: number;
    readonly left: number;
  };
  readonly audit?: {
    readonly accepted: number;
    readonly matched: number | null;
    readonly reachesBack: boolean;
    readonly findings: Readonly<Record<'missing' | 'twice' | 'unknown' | 'failed', number>>;
    readonly held: number;
  };
  readonly counts?: { readonly pending: number };
  /** What kept the recipients file from being taken in before an audit. */
  readonly unread?: readonly { readonly message: string }[];
  /** File with what was found off. */
  readonly report?: string;
}

/** The work of this kind that goes on, or ended last; null: none since the server began. */
export function listWork(visit: Visit, whose: Whose, kind: ListWork): Work<ListTold> | null {
  return visit.background.works.find<ListTold>(nameOf(whose, kind));
}

/**
 * Begins to read the provider's list in a process of its own. Whether credentials may go there is settled before.
 *
 * @param resend what is proven never to have been sent goes out again with the next send
 */
export async function startListWork(
  visit: Visit,
  whose: Whose,
  kind: ListWork,
  resend: boolean,
): Promise<Result<null>> {
  const { seen, standing, choice } = whose;
  if (seen.campaign !== null && !standing.sandbox) {
    const target = await trustedTargetOf(seen.campaign, visit.app);
    if (!target.ok) return target;
  }
  const words = [
    'reconcile',
    choice.campaign,
    '--json',
    ...(standing.sandbox ? ['--sandbox'] : []),
    ...(kind === 'audit' ? ['--audit'] : []),
    ...(resend ? ['--resend-absent'] : []),
  ];
  visit.background.works.start(nameOf(whose, kind), () => told(visit, words));
  return ok(null);
}

async function told(visit: Visit, words: readonly string[]): Promise<Result<ListTold>> {
  const apart = { launcher: visit.site.launcher, language: visit.language };
  const work = await commandApart(words, apart, visit.app);
  if (!work.ok) return work;
  const document: Result<ToldDocument> = await toldDocument(work.value);
  return document.ok ? ok(document.value.document as ListTold) : document;
}

function nameOf({ seen, standing }: Whose, kind: ListWork): string {
  return `${kind}:${standing.sandbox ? 'sandbox' : 'real'}:${placeOf(seen)}`;
}
