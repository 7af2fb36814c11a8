import type { Dice } from '../dice.js';
import type { Trouble } from '../troubles.js';
import type { World } from '../world.js';
import { type Act, type Deed, someOf } from './act.js';
import { CLOCK_ACTS } from './clock-acts.js';
import { CONTROL_ACTS } from './control-acts.js';
import { FILE_ACTS } from './file-acts.js';
import { LEDGER_ACTS } from './ledger-acts.js';
import { LIST_ACTS, suppressing } from './list-acts.js';
import { SETTLING_ACTS } from './settling-acts.js';

const ACTS: readonly Act[] = [
  ...LIST_ACTS,
  ...CONTROL_ACTS,
  ...FILE_ACTS,
  ...SETTLING_ACTS,
  ...CLOCK_ACTS,
  ...LEDGER_ACTS,
];

/** Looks again so much later when a process imports: the ledger is locked for as long. */
const LOCKED_MS = 500;

/** The person at the other terminal: what is done between runs, and while one goes on. */
export class Operator {
  readonly #world: World;
  readonly #dice: Dice;
  readonly #between: readonly Act[];
  readonly #inRun: readonly Act[];

  constructor(world: World) {
    this.#world = world;
    this.#dice = world.dice.fork();
    const { troubles } = world.settings;
    this.#between = ACTS.filter(({ between }) => between !== null && troubles.has(between));
    this.#inRun = ACTS.filter(({ inRun }) => inRun !== null && troubles.has(inRun));
    if (troubles.has('suppress-while-out')) world.onRequest = (phone) => this.#whileOut(phone);
  }

  /** Some acts between two processes. */
  async actBetween(): Promise<void> {
    const { time, settings } = this.#world;
    const acts = this.#dice.between(0, settings.operator.between);
    for (let count = 0; count < acts; count += 1) {
      const act = someOf(this.#between, this.#dice);
      const deed = act?.plan(this.#world, this.#dice) ?? null;
      if (deed !== null && this.#world.befalls(act?.between ?? null, deed.text)) await deed.apply();
      await time.pass(this.#dice.between(100, 60_000));
    }
  }

  /** Plans some acts for the life of the process that begins now. */
  actDuring(): void {
    const acts = this.#dice.between(0, this.#world.settings.operator.during);
    for (let count = 0; count < acts; count += 1) {
      const act = someOf(this.#inRun, this.#dice);
      const withinMs = this.#dice.oneOf([1_000, 5_000, 30_000, 300_000]);
      const delayMs = this.#dice.between(0, withinMs);
      if (act !== null) this.#later(delayMs, act.inRun, () => act.plan(this.#world, this.#dice));
    }
  }

  #whileOut(phone: string): void {
    const { operator, provider } = this.#world.settings;
    if (!this.#dice.chance(operator.whileOut)) return;
    const delayMs = this.#dice.between(0, provider.latencyMs.most);
    this.#later(delayMs, 'suppress-while-out', () => suppressing(this.#world, phone));
  }

  /** What an act turns out to be is decided when it happens. */
  #later(delayMs: number, trouble: Trouble | null, plan: () => Deed | null): void {
    const world = this.#world;
    const attempt = (): void => {
      if (world.isQuiet) return;
      if (world.db.inTransaction) {
        world.time.later(LOCKED_MS, attempt);
        return;
      }
      world.keep(() => {
        const deed = plan();
        if (deed !== null && world.befalls(trouble, deed.text)) void deed.apply();
      });
    };
    world.time.later(delayMs, attempt);
  }
}
