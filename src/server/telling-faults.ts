/** A store as it is, whose failed calls are told to somebody; they fail all the same. */
export function tellingFaults<Store extends object>(store: Store, tell: (call: string) => void): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const outcome: unknown = Reflect.apply(member, target, args);
        if (outcome instanceof Promise) outcome.catch(() => tell(String(name)));
        return outcome;
      };
    },
  });
}
