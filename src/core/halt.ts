import type { Code, Sentence } from '../locales/index.js';

/** Codes of the reasons why a run stops with work left. */
export type HaltCode = Extract<Code, `halt.${string}`>;

/** Why a run stopped with work left: shown by `send` and `status`, repaired by a person. */
export type Halt = Sentence<HaltCode>;
