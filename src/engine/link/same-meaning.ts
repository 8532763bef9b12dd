import type { Vocabulary } from '../vocabulary/vocabulary';

/** Two names that sound alike are two mendings, unless they name the same: 上贤 is written down as another way of writing 尚贤. */
export function sameMeaning(names: readonly string[], { names: all }: Vocabulary): string | undefined {
  const meanings = names.map((name) =>
    JSON.stringify([...new Set(all.get(name)?.map(({ key, mask }) => `${key} ${mask}`))].sort()),
  );
  if (new Set(meanings).size !== 1) return undefined;
  return names.find((name) => all.get(name)?.some(({ isSynonym }) => !isSynonym)) ?? names[0];
}
