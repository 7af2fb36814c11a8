import { LedgerError } from '../../core/ledger/ledger.js';
import { failed, type Result } from '../../core/problem.js';
import { postgresErrorOf } from './postgres-problem.js';

/** The same methods: what the database cannot do comes out of each as a `LedgerError`. */
export function guardedSection<Section extends object>(section: Section, file: string): Section {
  return wrapped(section, (answer) => guardedAnswer(answer, file));
}

/** The same methods, of which each gives a `Result`: what the database cannot do is a problem in it. */
export function withProblems<Section extends object>(section: Section, file: string): Section {
  return wrapped(section, async (answer) => {
    try {
      return await answer();
    } catch (error) {
      return problemOf(postgresErrorOf(error, file));
    }
  });
}

/** Does some work on the database; what it cannot do comes out as a `LedgerError`, any other error is a bug and stays one. */
export async function guarded<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw postgresErrorOf(error, file);
  }
}

/** The problem that a `LedgerError` is about; any other error is thrown again. */
export function problemOf(error: unknown): Result<never> {
  if (error instanceof LedgerError) return failed(error.problem);
  throw error;
}

function wrapped<Section extends object>(
  section: Section,
  wrap: (answer: () => unknown) => unknown,
): Section {
  return new Proxy(section, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => wrap(() => Reflect.apply(value, target, given));
    },
  });
}

/** A promise, a stream, or an object with methods of its own. */
function guardedAnswer(answer: () => unknown, file: string): unknown {
  const given = answer();
  if (given instanceof Promise) return guarded(file, () => given);
  if (isStream(given)) return guardedStream(given, file);
  return typeof given === 'object' && given !== null ? guardedSection(given, file) : given;
}

function isStream(given: unknown): given is AsyncIterable<unknown> {
  return typeof given === 'object' && given !== null && Symbol.asyncIterator in given;
}

async function* guardedStream<T>(stream: AsyncIterable<T>, file: string): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw postgresErrorOf(error, file);
  }
}
