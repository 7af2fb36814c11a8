import type { Code } from '../locales/index.js';
import type { Params } from './problem.js';

/** Codes of the reasons why a run stops with work left. */
export type HaltCode = Extract<Code, `halt.${string}`>;

/** Why a run stopped with work left: shown by `send` and `status`, repaired by a person. */
export interface Halt {
  readonly code: HaltCode;
  readonly params: Params;
}
