import {
  CaseTag,
  type Context,
  type Emitter,
  evalToken,
  evalTokenValue,
  ForTag,
  type Operators,
  TypeGuards,
} from 'liquidjs';
import { UnreadableValue } from './liquid-cells.js';
import { certainNumber } from './liquid-numbers.js';

/** The tags that compare or count, for texts of cells. */
export function countingTags(operators: Operators): {
  readonly case: typeof CaseTag;
  readonly for: typeof ForTag;
} {
  const equal = operators['=='] as (left: unknown, right: unknown, context: Context) => Generator<unknown>;

  /** `when 1` is meant where a cell says "1": Liquid compares its texts with no number. */
  class Case extends CaseTag {
    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const target = yield this.value.value(context);
      for (const { values, templates } of this.branches) {
        for (const token of values) {
          if (!(yield equal(target, yield evalToken(token, context), context))) continue;
          yield this.liquid.renderer.renderTemplates(templates, context, emitter);
          return;
        }
      }
      yield this.liquid.renderer.renderTemplates(this.elseTemplates, context, emitter);
    }
  }

  /** `(1..n)` and `limit: n` come to nothing at all in Liquid where the cell says no number. */
  class For extends ForTag {
    override *render(context: Context, emitter: Emitter): ReturnType<ForTag['render']> {
      const { collection } = this;
      const ends = TypeGuards.isRangeToken(collection) ? [collection.lhs, collection.rhs] : [];
      const { limit, offset } = this.hash.hash;
      for (const token of [...ends, limit, offset]) {
        if (typeof token === 'object') wholeNumber(yield evalTokenValue(token, context), context);
      }
      yield* super.render(context, emitter);
    }
  }
  return { case: Case, for: For };
}

/** Liquid counts with the text itself, so it must be written as a computer does. */
function wholeNumber(value: unknown, context: Context): void {
  if (typeof value !== 'string') return;
  certainNumber(value, context);
  if (!/^\s*[+-]?\d+\s*$/.test(value)) throw new UnreadableValue('variable.number', value);
}
