import type { Result } from './problem.js';

/** A file that came in from outside, under a name of our own. */
export interface Upload {
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
}

/** How large an upload may be. */
export interface UploadBounds {
  /** Bytes. */
  readonly most: number;
  /** What the sender says it has, in bytes; null: it does not say. */
  readonly announced: number | null;
}

/** Bytes that an upload may have unless somebody says otherwise. */
export const USUAL_UPLOAD_BYTES = 200_000_000;

/** Files that come in from outside, each under a name of our own. */
export interface Uploads {
  receive(folder: string, bytes: AsyncIterable<Uint8Array>, bounds: UploadBounds): Promise<Result<Upload>>;
  /** What is no id of an upload is a problem. */
  find(folder: string, id: string): Promise<Result<Upload>>;
  /** Gives it a second name, and makes the folder; never over a file that exists. */
  place(upload: Upload, target: string): Promise<Result<null>>;
  /** Copies it into the place of a file of ours: that one or the whole upload is there, at every moment. */
  put(upload: Upload, target: string): Promise<Result<null>>;
  /** Whether a file has the same bytes; one that is not there has not. */
  isSame(upload: Upload, file: string): Promise<boolean>;
  remove(file: string): Promise<void>;
  /** Takes away those that are older than a moment (epoch milliseconds). */
  sweep(folder: string, before: number): Promise<number>;
}
