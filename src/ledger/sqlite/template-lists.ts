import type { ListedTemplate, TemplateList } from '../../core/template.js';
import type { LedgerDatabase } from './open-ledger.js';

/** The list that was read last for a sender, or null. */
export function lastTemplateList(db: LedgerDatabase, sender: string): TemplateList | null {
  const row = db
    .prepare('SELECT read_at AS readAt, templates FROM template_lists WHERE sender = ?')
    .get(sender) as { readAt: number; templates: string } | undefined;
  if (row === undefined) return null;
  return { readAt: row.readAt, templates: JSON.parse(row.templates) as ListedTemplate[] };
}

/** Keeps a list in the place of the one before. */
export function keepTemplateList(
  db: LedgerDatabase,
  sender: string,
  { readAt, templates }: TemplateList,
): void {
  db.prepare(
    `INSERT INTO template_lists (sender, read_at, templates) VALUES (@sender, @readAt, @templates)
     ON CONFLICT (sender) DO UPDATE SET read_at = @readAt, templates = @templates`,
  ).run({ sender, readAt, templates: JSON.stringify(templates) });
}
