import type { Templates } from '../../core/ledger/ledger.js';
import type { ListedTemplate, TemplateList } from '../../core/template.js';
import { row, run, type Store } from './steps.js';

/** The providers' lists of templates. */
export function templatesIn(store: Store): Templates {
  return {
    last: async (sender) =>
      templateListOf(await store.each(row<StoredTemplateList>(LAST_TEMPLATE_LIST, { sender }))),
    keep: async (sender, { readAt, templates }) => {
      await store.each(run(KEEP_TEMPLATE_LIST, { sender, readAt, templates: JSON.stringify(templates) }));
    },
  };
}

/** The list that was read last for a sender. */
const LAST_TEMPLATE_LIST = 'SELECT read_at AS "readAt", templates FROM template_lists WHERE sender = @sender';

/** Keeps a list in the place of the one before. */
const KEEP_TEMPLATE_LIST = `
  INSERT INTO template_lists (sender, read_at, templates) VALUES (@sender, @readAt, @templates)
  ON CONFLICT (sender) DO UPDATE SET read_at = excluded.read_at, templates = excluded.templates`;

/** A list as it is stored. */
interface StoredTemplateList {
  readonly readAt: number;
  readonly templates: string;
}

/** The list, or null where none is stored. */
function templateListOf(stored: StoredTemplateList | undefined): TemplateList | null {
  if (stored === undefined) return null;
  return { readAt: stored.readAt, templates: JSON.parse(stored.templates) as ListedTemplate[] };
}
