/** How much a log says: each level includes those after it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a line of the log carries beside its time, level and sentence. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log of a command: one line per event. Writing never throws and never delays a send. */
export interface Log {
  /** Whether lines of this level are written. */
  readonly writes: (level: LogLevel) => boolean;
  /** Writes a line. `event` is a stable word to search for; the sentence is for people. */
  readonly write: (level: LogLevel, event: string, fields: LogFields, sentence: string) => void;
  /** Whether full phone numbers may stand in it. */
  readonly showsPhones: boolean;
  /** Whether lines go to the terminal: then nothing may be drawn over itself. */
  readonly onTerminal: boolean;
  readonly close: () => void;
}
