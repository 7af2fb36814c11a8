import type { CategoryCost } from '../../core/cost.js';
import { NUMBER_LOCALES } from '../../core/number-locale.js';
import type { Plan } from '../../core/plan.js';
import type { Cli } from '../command.js';

/** Countries of a cost estimate that are shown; `--json` has them all. */
const SHOWN_COUNTRIES = 5;

/** When everything would be sent, and what it would cost. */
export function forecastLines(plan: Plan, cli: Cli): readonly string[] {
  if (plan.counts.pending === 0) return [];
  const { translate, language } = cli;
  const { unit, perUnit } = readableRate(plan.ratePerSecond);
  const rate = new Intl.NumberFormat(NUMBER_LOCALES[language], { maximumFractionDigits: 2 }).format(perUnit);
  const { categories = [], unpriced = [] } = plan.cost ?? {};
  return [
    plan.finishAt === null
      ? translate('plan.never')
      : translate('plan.finish', { finish: plan.finishAt, rate, unit }),
    ...categories.filter(({ people }) => people > 0).flatMap((category) => costLines(category, cli)),
    ...unpriced.map(({ country, people }) => translate('plan.unpriced', { country, people })),
  ];
}

/** The total of a category; below it its countries, where there is more than one. */
function costLines(cost: CategoryCost, { translate, language }: Cli): readonly string[] {
  const { category, currency, total, people, countries } = cost;
  const money = new Intl.NumberFormat(NUMBER_LOCALES[language], { style: 'currency', currency });
  // Prices per message have more places than the currency.
  const exact = new Intl.NumberFormat(NUMBER_LOCALES[language], {
    style: 'currency',
    currency,
    maximumFractionDigits: 6,
  });
  const sum = translate('plan.cost', { category, amount: money.format(total), people });
  const shown = countries.slice(0, SHOWN_COUNTRIES).map((one) => {
    const amounts = { price: exact.format(one.price), amount: money.format(one.total) };
    return `  ${translate('plan.cost-country', { country: one.country, people: one.people, ...amounts })}`;
  });
  const left = countries.length - shown.length;
  const rest = left > 0 ? [`  ${translate('plan.cost-more', { count: left })}`] : [];
  return [sum, ...shown, ...rest];
}

/** A rate in the unit in which a person reads it at a glance: 1 per minute, and not 0.02 per second. */
function readableRate(perSecond: number): { readonly unit: string; readonly perUnit: number } {
  if (perSecond >= 1) return { unit: 'second', perUnit: perSecond };
  const perMinute = perSecond * 60;
  return perMinute >= 1
    ? { unit: 'minute', perUnit: perMinute }
    : { unit: 'hour', perUnit: perSecond * 3600 };
}
