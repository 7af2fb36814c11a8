import { LedgerError } from '../../core/ledger/ledger.js';
import { failed, type Result } from '../../core/problem.js';

/** Tells an error of the database as the `LedgerError` that it is; any other error it gives as it is. */
export type TellError = (error: unknown) => unknown;

/** The same methods: what the database cannot do comes out of each as a `LedgerError`. */
export function guardedSection<Section extends object>(section: Section, told: TellError): Section {
  return wrapped(section, (answer) => guardedAnswer(answer, told));
}

/** The same methods, of which each gives a `Result`: what the database cannot do is a problem in it. */
export function withProblems<Section extends object>(section: Section, told: TellError): Section {
  return wrapped(section, async (answer) => {
    try {
      return await answer();
    } catch (error) {
      return problemOf(told(error));
    }
  });
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
function guardedAnswer(answer: () => unknown, told: TellError): unknown {
  const given = answer();
  if (given instanceof Promise) return given.catch((error: unknown) => Promise.reject(told(error)));
  if (isStream(given)) return guardedStream(given, told);
  return typeof given === 'object' && given !== null ? guardedSection(given, told) : given;
}

function isStream(given: unknown): given is AsyncIterable<unknown> {
  return typeof given === 'object' && given !== null && Symbol.asyncIterator in given;
}

async function* guardedStream<T>(stream: AsyncIterable<T>, told: TellError): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw told(error);
  }
}
