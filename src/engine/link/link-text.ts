/** A sentence with its mentions: linked, and where something stays unknown, mended and linked again. */
import type { Dictionary } from './dictionary';
import { linkMentions } from './link-mentions';
import type { Mention } from './mention';
import { type Repaired, type Repairs, repair, repairSingles } from './repair';

export interface LinkedText {
  text: string;
  mentions: readonly Mention[];
  repairs: Repaired['changes'];
}

/** Each mending may let the next be seen: 热线百棵问达总量. */
const PASSES = 3;

export function linkText(
  typed: string,
  { dictionary, repairs }: { dictionary: Dictionary; repairs: Repairs },
): LinkedText {
  let linked: LinkedText = { text: typed, mentions: linkMentions(typed, dictionary), repairs: [] };
  for (let pass = 0; pass < PASSES; pass++) {
    const unknown = linked.mentions.filter((m) => m.isUnknown);
    const mended =
      (unknown.length > 0 ? repair(linked.text, unknown, dictionary, repairs) : undefined) ??
      repairSingles(linked.text, linked.mentions, dictionary, repairs);
    if (!mended) break;
    const mentions = linkMentions(mended.text, dictionary);
    const isClearer =
      mentions.filter((m) => m.isUnknown).length < unknown.length || mentions.length < linked.mentions.length;
    if (!isClearer) break;
    linked = { text: mended.text, mentions, repairs: [...linked.repairs, ...mended.changes] };
  }
  return linked;
}
