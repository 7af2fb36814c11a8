import type { Templates } from '../../core/ledger/ledger.js';
import {
  KEEP_TEMPLATE_LIST,
  LAST_TEMPLATE_LIST,
  type StoredTemplateList,
  templateListOf,
} from '../sql/template-lists.js';
import type { Sql } from './database.js';

/** The providers' lists of templates. */
export function templatesIn(sql: Sql): Templates {
  return {
    last: async (sender) => templateListOf(await sql.row<StoredTemplateList>(LAST_TEMPLATE_LIST, { sender })),
    keep: async (sender, { readAt, templates }) => {
      await sql.run(KEEP_TEMPLATE_LIST, { sender, readAt, templates: JSON.stringify(templates) });
    },
  };
}
