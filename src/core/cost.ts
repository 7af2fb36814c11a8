/** One price of a rate card: a message of a category to a country. */
export interface Price {
  /** ISO 3166-1 alpha-2, or `*` for every country without a price of its own. */
  readonly country: string;
  /** As in the card, such as `marketing` or `utility`. */
  readonly category: string;
  readonly price: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** What the messages to one country would cost. */
export interface CountryCost {
  readonly country: string;
  readonly people: number;
  readonly price: number;
  readonly total: number;
}

/** What a campaign would cost in one category. Prices of different currencies are never added up. */
export interface CategoryCost {
  readonly category: string;
  readonly currency: string;
  readonly total: number;
  /** People who are in the total. */
  readonly people: number;
  /** Most expensive first. */
  readonly countries: readonly CountryCost[];
}

/** An estimate for every category of the rate card, because a campaign file does not say which one its template has. */
export interface CostEstimate {
  readonly categories: readonly CategoryCost[];
  /** Countries without any price, with the number of people in them. */
  readonly unpriced: readonly { readonly country: string; readonly people: number }[];
}

/** The price for every other country. */
export const ANY_COUNTRY = '*';

/**
 * What messages to so many people per country would cost. A country's own price wins over `*`, in each category and
 * currency by itself. Amounts are summed in millionths, so that many small prices do not drift.
 */
export function costEstimate(
  prices: readonly Price[],
  peopleByCountry: ReadonlyMap<string, number>,
): CostEstimate {
  const categories = groupsOf(prices).map((group) => categoryCost(group, peopleByCountry));
  const unpriced = [...peopleByCountry]
    .filter(([country, people]) => people > 0 && !prices.some((price) => appliesTo(price, country)))
    .map(([country, people]) => ({ country, people }));
  return { categories, unpriced };
}

/** Prices of one category in one currency. */
interface PriceGroup {
  readonly category: string;
  readonly currency: string;
  readonly prices: readonly Price[];
}

function groupsOf(prices: readonly Price[]): readonly PriceGroup[] {
  const groups = new Map<string, PriceGroup>();
  for (const price of prices) {
    const { category, currency } = price;
    const key = JSON.stringify([category, currency]);
    groups.set(key, { category, currency, prices: [...(groups.get(key)?.prices ?? []), price] });
  }
  return [...groups.values()];
}

function categoryCost(
  { category, currency, prices }: PriceGroup,
  peopleByCountry: ReadonlyMap<string, number>,
): CategoryCost {
  const countries = [...peopleByCountry].flatMap(([country, people]) => {
    const price = priceFor(prices, country);
    return price === null || people === 0 ? [] : [{ country, people, price, total: rounded(people * price) }];
  });
  countries.sort((one, other) => other.total - one.total || (one.country < other.country ? -1 : 1));
  return {
    category,
    currency,
    total: rounded(countries.reduce((sum, { total }) => sum + total, 0)),
    people: countries.reduce((sum, { people }) => sum + people, 0),
    countries,
  };
}

function priceFor(prices: readonly Price[], country: string): number | null {
  const own = prices.find((price) => price.country === country);
  return (own ?? prices.find((price) => price.country === ANY_COUNTRY))?.price ?? null;
}

function appliesTo(price: Price, country: string): boolean {
  return price.country === country || price.country === ANY_COUNTRY;
}

function rounded(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}
