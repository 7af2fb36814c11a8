import type { Statement } from 'better-sqlite3';
import { SQLITE } from '../sql/dialect.js';
import type { Params, Step, Steps, Store } from '../sql/steps.js';
import { type AskLedger, type LedgerDatabase, prepared } from './open-ledger.js';

/** The file as a store. Whoever writes has it to themselves. */
export function storeOf(ask: AskLedger): Store {
  return {
    dialect: SQLITE,
    each: (steps) => ask((db) => takeSteps(db, steps)),
    together: (steps) => ask((db) => takeTogether(db, steps)),
  };
}

/** All steps at once, or none of them. */
export function takeTogether<T>(db: LedgerDatabase, steps: () => Steps<T>): T {
  return db.transaction(() => takeSteps(db, steps())).immediate();
}

/** Takes the steps at once; inside the transaction of the caller, where there is one. */
export function takeSteps<T>(db: LedgerDatabase, steps: Steps<T>): T {
  let next = steps.next();
  while (next.done !== true) next = steps.next(answerOf(db, next.value));
  return next.value;
}

function answerOf(db: LedgerDatabase, { want, text, params }: Step): unknown {
  const statement = prepared(db, text);
  const values = bindable(params);
  switch (want) {
    case 'rows':
      return statement.all(values);
    case 'row':
      return statement.get(values);
    case 'lists':
      return asLists(statement, values);
    case 'changes':
      return statement.run(values).changes;
  }
}

/** The statement is shared: whoever takes it next may want objects. */
function asLists(statement: Statement, values: object): unknown[] {
  try {
    return statement.raw(true).all(values);
  } finally {
    statement.raw(false);
  }
}

/** Lists as JSON. */
function bindable(params: Params): object {
  const entries = Object.entries(params);
  if (!entries.some(([, value]) => Array.isArray(value))) return params;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? JSON.stringify(value) : value]),
  );
}
