/**
 * Condition of the index `deliveries_open`: neither on its way nor accepted. A query with several of these statuses
 * names it as it stands, because SQLite takes an index with a condition only where the query has the very same one
 * (https://www.sqlite.org/partialindex.html); a query with a single status of them is understood without it.
 */
export const OPEN_STATUS =
  "(status = 'uncertain' OR status = 'refused' OR status = 'exhausted' OR status = 'skipped')";
