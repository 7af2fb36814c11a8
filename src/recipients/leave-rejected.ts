import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../core/campaign.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { RecipientsFile, TranslateReason } from '../core/recipient.js';
import { type Rejections, removeRejected, writeRejected } from './rejected-file.js';

/**
 * Writes `rejected.csv`, or removes an old one when nothing is rejected.
 *
 * @returns the path, or null when nothing is rejected.
 */
export async function leaveRejected(
  campaign: Campaign,
  file: RecipientsFile,
  rejections: Rejections,
  translate: TranslateReason,
): Promise<Result<string | null>> {
  const path = rejectedPath(campaign);
  const written = await writeRejected(path, file, rejections, translate);
  if (!written.ok) return failed(...written.problems.map(unwritableRejected));
  if (written.value > 0) return ok(path);
  try {
    await removeRejected(path);
    return ok(null);
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed({ code: 'cli.rejected-unwritable', params: { path, detail } });
  }
}

/** Nobody chose this name, so none else can be given: what the disk says is said in words of its own. */
function unwritableRejected(problem: Problem): Problem {
  const { params } = problem;
  if (params === undefined || !('code' in params && 'path' in params)) return problem;
  return { code: 'cli.rejected-unwritable', params: { path: params.path, detail: params.code } };
}

/**
 * Where the rejected rows of a campaign go: `rejected.csv` beside the campaign file; `rejected-again.csv` when the
 * operator mended the first and sends it as the recipients file, which is never written over.
 */
export function rejectedPath(campaign: Campaign): string {
  const usual = join(campaign.folder, 'rejected.csv');
  return isSameFile(usual, campaign.recipients.file) ? join(campaign.folder, 'rejected-again.csv') : usual;
}

/** Also under two names: a link, or a file system that does not tell cases apart. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && first.ino === second?.ino && first.dev === second?.dev;
}
