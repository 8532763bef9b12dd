/**
 * What may be exchanged while the service runs: loaded once at start, and again on demand. A new set takes the place of the
 * old one only whole and without a fault; turns under way end with the one they began with.
 */
import { ProblemsFound } from './problems';

export class Live<Loaded> {
  private present: Loaded;

  /** `load` throws ProblemsFound, or returns a set that is right. */
  constructor(private readonly load: () => Loaded) {
    this.present = load();
  }

  get now(): Loaded {
    return this.present;
  }

  /** Undefined: the new set is in use. An error: why the old one stays. */
  reload(): Error | undefined {
    try {
      this.present = this.load();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new ProblemsFound([]);
    }
  }
}

/** An object that is, at each look into it, the one of the present set: for parts that are handed over once. */
export function presently<Part extends object>(now: () => Part): Part {
  return new Proxy({} as Part, {
    get: (_, name) => Reflect.get(now(), name),
    has: (_, name) => Reflect.has(now(), name),
    ownKeys: () => Reflect.ownKeys(now()),
    getOwnPropertyDescriptor(_, name) {
      const found = Reflect.getOwnPropertyDescriptor(now(), name);
      return found && { ...found, configurable: true };
    },
  });
}
