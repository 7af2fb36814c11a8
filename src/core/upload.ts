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
