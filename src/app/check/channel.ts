/** Hands items from one loop to another: `push` here, `for await` there. */
export class Channel<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  push(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** No more items come. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** No more items come, because of this: the other loop throws it, once it has taken what came before. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const items = this.#items;
      this.#items = [];
      yield* items;
      if (this.#items.length > 0) continue;
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
