/**
 * Lets the turns of one conversation happen one after the other, in the order they came, while those of different
 * conversations go on side by side. Without it 「企业诉求」 and a quick 「那群众呢」 would both read the same focus.
 */
export interface TurnOrder {
  run: <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;
}

export class InOrder implements TurnOrder {
  private readonly last = new Map<string, Promise<unknown>>();

  /** A task that fails doesn't stop the ones behind it. */
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.last.set(key, mine);
    const forget = () => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }

  /** How many conversations have a turn under way. */
  get size(): number {
    return this.last.size;
  }
}
