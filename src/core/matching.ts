/** What matching needs to know of its two sides. `S` own, `R` are owned; both are told apart by identity. */
export interface Sides<S, R> {
  /** Those that may own, the most entitled first. */
  readonly owners: readonly S[];
  /** What one of them may own, the dearest first. */
  wishesOf(owner: S): readonly R[];
  /** Between those of one class it is a matter of choice who owns; null: between nobody and this one. */
  classOf(owner: S): number | null;
}

/** Who owns what. Everybody owns one thing at most, and everything has one owner at most. */
export interface Matching<S, R> {
  readonly owned: ReadonlyMap<S, R>;
  /** Those who may own or not, because one of their class could stand in their place; some of them are in `owned`. */
  readonly undecided: ReadonlySet<S>;
}

/**
 * Gives away as much as can be given, the more entitled first (Kuhn's augmenting paths), and says for whom it is a
 * matter of choice: whoever owns nothing and could own in the place of another of the same class, and that other.
 */
export function match<S, R>(sides: Sides<S, R>): Matching<S, R> {
  const given = new Map<R, S>();
  const owned = new Map<S, R>();
  const inVain = new Set<R>();
  for (const owner of sides.owners) search(owner, sides, { given, owned, inVain });
  return { owned, undecided: undecidedOf(sides, given, owned) };
}

interface Giving<S, R> {
  readonly given: Map<R, S>;
  readonly owned: Map<S, R>;
  /** Things that were looked at in vain: nothing free can be reached through them any more. */
  readonly inVain: Set<R>;
}

/** Somebody who is asked to own something else; `leaves`: what is owned now, and who wants it. */
interface Step<S, R> {
  readonly one: S;
  readonly leaves: { readonly thing: R; readonly to: Step<S, R> } | null;
}

/** Finds something for `start`, others moving on to something else if need be, and gives it away. */
function search<S, R>(start: S, sides: Sides<S, R>, giving: Giving<S, R>): void {
  const seen = new Set<R>();
  const steps: Step<S, R>[] = [{ one: start, leaves: null }];
  for (const step of steps) {
    for (const thing of sides.wishesOf(step.one)) {
      if (seen.has(thing) || giving.inVain.has(thing)) continue;
      seen.add(thing);
      const owner = giving.given.get(thing);
      if (owner === undefined) {
        handOver(thing, step, giving);
        return;
      }
      steps.push({ one: owner, leaves: { thing, to: step } });
    }
  }
  for (const thing of seen) giving.inVain.add(thing);
}

/** Everybody on the way back gets what was wished, and leaves to the next what was owned until now. */
function handOver<S, R>(free: R, last: Step<S, R>, { given, owned }: Giving<S, R>): void {
  let [thing, step] = [free, last];
  for (;;) {
    given.set(thing, step.one);
    owned.set(step.one, thing);
    if (step.leaves === null) return;
    ({ thing, to: step } = step.leaves);
  }
}

/** All things that are wished have an owner by now, if anybody goes without. */
function undecidedOf<S, R>(
  sides: Sides<S, R>,
  given: ReadonlyMap<R, S>,
  owned: ReadonlyMap<S, R>,
): ReadonlySet<S> {
  const wishers = new Map<S, S[]>();
  const holders = new Map<S, S[]>();
  for (const one of sides.owners) {
    for (const thing of sides.wishesOf(one)) {
      const owner = given.get(thing);
      if (owner === undefined || owner === one) continue;
      add(holders, one, owner);
      add(wishers, owner, one);
    }
  }
  const without = sides.owners.filter((one) => !owned.has(one));
  const undecided = new Set<S>();
  for (const each of new Set(without.map((one) => sides.classOf(one)))) {
    const peers = without.filter((one) => each !== null && sides.classOf(one) === each);
    const inPlace = reached(peers, holders).filter((one) => owned.has(one) && sides.classOf(one) === each);
    const able = new Set(reached(inPlace, wishers));
    for (const one of inPlace) undecided.add(one);
    for (const one of peers) if (able.has(one)) undecided.add(one);
  }
  return undecided;
}

function add<S>(ways: Map<S, S[]>, from: S, to: S): void {
  const known = ways.get(from);
  if (known === undefined) ways.set(from, [to]);
  else known.push(to);
}

/** Everybody to whom the ways from these lead. */
function reached<S>(from: readonly S[], ways: ReadonlyMap<S, readonly S[]>): readonly S[] {
  const found = new Set<S>();
  const next = [...from];
  for (const one of next) {
    for (const other of ways.get(one) ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      next.push(other);
    }
  }
  return [...found];
}
