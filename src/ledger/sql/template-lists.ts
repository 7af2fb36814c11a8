import type { ListedTemplate, TemplateList } from '../../core/template.js';

/** The list that was read last for a sender. */
export const LAST_TEMPLATE_LIST =
  'SELECT read_at AS "readAt", templates FROM template_lists WHERE sender = @sender';

/** Keeps a list in the place of the one before. */
export const KEEP_TEMPLATE_LIST = `
  INSERT INTO template_lists (sender, read_at, templates) VALUES (@sender, @readAt, @templates)
  ON CONFLICT (sender) DO UPDATE SET read_at = excluded.read_at, templates = excluded.templates`;

/** A list as it is stored. */
export interface StoredTemplateList {
  readonly readAt: number;
  readonly templates: string;
}

/** The list, or null where none is stored. */
export function templateListOf(stored: StoredTemplateList | undefined): TemplateList | null {
  if (stored === undefined) return null;
  return { readAt: stored.readAt, templates: JSON.parse(stored.templates) as ListedTemplate[] };
}
