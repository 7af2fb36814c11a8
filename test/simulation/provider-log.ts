/** A message that somebody got. */
interface Message {
  readonly duty: string;
  /** True moment at which its request left. */
  readonly leftAtMs: number;
}

/** A test message, whose fate its own terminal may not know. */
export interface TestRecord {
  readonly phone: string;
  readonly body: string;
  executed: boolean;
  answered: boolean;
}

/** What the model provider did and is going to do, duty by duty: the truth that everything else is compared with. */
export class ProviderLog {
  readonly #executed = new Map<string, number>();
  readonly #coming = new Map<string, number>();
  readonly #messages = new Map<string, Message[]>();
  readonly #tests: TestRecord[] = [];
  readonly #bodies = new Map<string, Set<string>>();
  /** All executions, tests among them. */
  count = 0;

  /** A request for a duty is about to leave; nobody but this log can know whether it did. */
  intend(duty: string, body: string): void {
    const duties = this.#bodies.get(body) ?? new Set();
    this.#bodies.set(body, duties.add(duty));
  }

  /** A test message leaves. */
  test(phone: string, body: string): TestRecord {
    const record = { phone, body, executed: false, answered: false };
    this.#tests.push(record);
    return record;
  }

  /** Texts that may have gone over the wire for a duty. */
  bodiesOf(duty: string): ReadonlySet<string> {
    return new Set([...this.#bodies].filter(([, duties]) => duties.has(duty)).map(([body]) => body));
  }

  /** Test messages to a person of which nobody was told whether they were executed. */
  unansweredTests(phone: string): readonly TestRecord[] {
    return this.testsTo(phone).filter((test) => !test.answered);
  }

  /** Test messages to a phone. */
  testsTo(phone: string): readonly TestRecord[] {
    return this.#tests.filter((test) => test.phone === phone);
  }

  /** A request was taken in that is going to be executed. */
  expect(duty: string | null): void {
    if (duty !== null) this.#coming.set(duty, this.#comingOf(duty) + 1);
  }

  /** It is executed now. */
  execute(duty: string | null, phone: string, leftAtMs: number): void {
    this.count += 1;
    if (duty === null) return;
    this.#coming.set(duty, this.#comingOf(duty) - 1);
    this.#executed.set(duty, this.executions(duty) + 1);
    const messages = this.#messages.get(phone) ?? [];
    messages.push({ duty, leftAtMs });
    this.#messages.set(phone, messages);
  }

  /** How often a duty was fulfilled. */
  executions(duty: string): number {
    return this.#executed.get(duty) ?? 0;
  }

  /** Whether a request for a duty is still to be executed. */
  isComing(duty: string): boolean {
    return this.#comingOf(duty) > 0;
  }

  /** Whether nobody ever executed it, and nobody will. */
  isNever(duty: string): boolean {
    return this.executions(duty) === 0 && !this.isComing(duty);
  }

  /** What a person got so far, tests left out. */
  messagesTo(phone: string): readonly Message[] {
    return this.#messages.get(phone) ?? [];
  }

  #comingOf(duty: string): number {
    return this.#coming.get(duty) ?? 0;
  }
}
