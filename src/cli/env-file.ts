import { parse } from 'dotenv';
import { BOUNDS } from '../core/bounds.js';
import { failed, ok, type Result } from '../core/problem.js';
import { readOrdinarySync, unfitProblem } from '../files/ordinary-file.js';
import { errorCode } from '../files/unwritable-file.js';

/**
 * The variables of a `.env` file; none where there is no file. A folder of this name is none: Python keeps its
 * environments in such folders. Problems name the file, never what stands in it.
 */
export function readEnvFile(file: string): Result<Readonly<Record<string, string>>> {
  try {
    return ok(parse(textOf(readOrdinarySync(file, BOUNDS.environmentFile))));
  } catch (error) {
    const detail = errorCode(error);
    if (detail === 'ENOENT' || detail === 'EISDIR') return ok({});
    const unfit = unfitProblem(error, BOUNDS.environmentFile);
    return failed(unfit ?? { code: 'environment.unreadable', params: { detail }, at: { file } });
  }
}

/** Windows' editors may save it as UTF-16, which has its mark in front. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
