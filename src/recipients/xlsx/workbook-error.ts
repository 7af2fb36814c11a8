import { BOUNDS } from '../../core/bounds.js';
import type { Problem } from '../../core/problem.js';
import { UnusableFile } from '../../core/unusable-file.js';

/** The bounds of a workbook, as its sentence tells them apart. */
export type WorkbookBound = Extract<
  keyof typeof BOUNDS,
  `workbook${'Parts' | 'Sheets' | 'Part' | 'Sheet' | 'Ratio' | 'Strings' | 'Formats'}`
>;

/** Thrown within this folder for a workbook that is not what it should be; `workbookProblem` says it to a person. */
export class WorkbookError extends Error {
  /** `damaged`: it breaks the rules of its format; `foreign`: it is something else; else the bound that it goes past. */
  readonly fault: 'damaged' | 'foreign' | 'protected' | WorkbookBound;
  /** The part of the workbook, where it is known. */
  part = '';

  constructor(fault: WorkbookError['fault'], message: string = fault) {
    super(message);
    this.name = 'WorkbookError';
    this.fault = fault;
  }
}

/** What is wrong with a workbook, in words. */
function workbookProblem({ fault, part }: WorkbookError, file: string): Problem {
  const at = { file };
  switch (fault) {
    case 'damaged':
      return { code: 'recipients.xlsx-damaged', params: { part: part === '' ? 'none' : part }, at };
    case 'foreign':
      return { code: 'recipients.workbook', at };
    case 'protected':
      return { code: 'recipients.password', at };
    default: {
      const { value, unit } = BOUNDS[fault];
      const most = unit === 'bytes' ? value / 1_000_000 : value;
      return { code: 'recipients.xlsx-too-large', params: { bound: fault, most }, at };
    }
  }
}

/** The same as an `UnusableFile`; any other error as it is. */
export function asUnusable(error: unknown, file: string): unknown {
  return error instanceof WorkbookError ? new UnusableFile([workbookProblem(error, file)]) : error;
}
