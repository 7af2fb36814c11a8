import type { TemplateList } from '../../core/template.js';
import {
  KEEP_TEMPLATE_LIST,
  LAST_TEMPLATE_LIST,
  type StoredTemplateList,
  templateListOf,
} from '../sql/template-lists.js';
import type { LedgerDatabase } from './open-ledger.js';

/** The list that was read last for a sender, or null. */
export function lastTemplateList(db: LedgerDatabase, sender: string): TemplateList | null {
  return templateListOf(db.prepare(LAST_TEMPLATE_LIST).get({ sender }) as StoredTemplateList | undefined);
}

/** Keeps a list in the place of the one before. */
export function keepTemplateList(
  db: LedgerDatabase,
  sender: string,
  { readAt, templates }: TemplateList,
): void {
  db.prepare(KEEP_TEMPLATE_LIST).run({ sender, readAt, templates: JSON.stringify(templates) });
}
