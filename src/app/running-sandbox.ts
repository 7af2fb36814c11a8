/** The embedded sandbox, running. */
export interface RunningSandbox {
  readonly url: string;
  close(): Promise<void>;
}
