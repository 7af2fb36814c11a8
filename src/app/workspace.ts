import { createHash } from 'node:crypto';

/** Workspace under which sandbox sends stand in the ledger. */
export const SANDBOX_WORKSPACE = 'sandbox';

/** What the files about a campaign are called by: one about a rehearsal never takes the place of the real one. */
export function fileStemOf({
  name,
  workspace,
}: {
  readonly name: string;
  readonly workspace: string;
}): string {
  return workspace === SANDBOX_WORKSPACE ? `${name}-sandbox` : name;
}

/**
 * Name of a workspace in the ledger. The workspace id is all that the classic api asks for, so it is a credential:
 * the ledger holds a fingerprint, which tells workspaces apart and opens nothing.
 */
export function workspaceFingerprint(workspaceId: string): string {
  return `ws-${createHash('sha256').update(workspaceId).digest('hex').slice(0, 16)}`;
}

/** Whether a text is such a name, as `status` shows it, and not an id. */
export function isFingerprint(text: string): boolean {
  return /^ws-[0-9a-f]{16}$/u.test(text);
}

/** Name of a sender (address and workspace), for its lock and its learned rate. */
export function senderOf(baseUrl: string, workspace: string): string {
  return createHash('sha256').update(`${baseUrl}\n${workspace}`).digest('hex').slice(0, 24);
}

/** The embedded sandbox, running. */
export interface RunningSandbox {
  readonly url: string;
  close(): Promise<void>;
}
