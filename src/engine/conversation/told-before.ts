/**
 * What somebody tells of himself before he asks: 「我教过三十年语文，闲下来爱翻那个热线百科。县区攒了多少对问答？」
 *
 * Such a sentence asks nothing, and what it holds that nobody knows narrows nothing; but a service that it names is what the
 * question behind it is about. 「只看南京的。」 tells nothing of anybody, and counts.
 */
import type { WordClass } from '../lexicon/lexicon';
import type { Dictionary } from '../link/dictionary';
import { linkMentions } from '../link/link-mentions';
import { has, type Mention } from '../link/mention';
import type { Node, ReportIndex } from '../vocabulary/spots';
import { ASKING } from './questions-in';

/** Words that ask, claim or choose. */
const SAYS_MORE: readonly WordClass[] = [
  ...ASKING,
  'up',
  'down',
  'sum',
  'mean',
  'most',
  'least',
  'ranking',
  'overview',
  'confirm',
  'except',
  'correction',
  'followUp',
  'misprint',
];

/** The services that are named in it; undefined where the sentence is no such telling. */
export function toldBefore(sentence: string, dictionary: Dictionary, index: ReportIndex): string[] | undefined {
  const mentions = linkMentions(sentence, dictionary);
  const said = mentions.find((m) => m.text.trim() !== '');
  const asks = mentions.some((m) => (has(m, ...SAYS_MORE) && !m.isName && !has(m, 'filler')) || m.topic);
  // 「我今年七十三了」 says how old somebody is.
  const isAge = (m: Mention, i: number) => m.period?.kind === 'relativeYear' && mentions[i + 1]?.number !== undefined;
  const narrows = mentions.some((m, i) => m.narrows || (m.place && !m.isName) || (m.period && !isAge(m, i)));
  if (!said || !has(said, 'self') || asks || narrows) return undefined;
  return mentions.filter((m) => namesTable(m, dictionary, index)).map((m) => m.text);
}

/** Does the question say itself what it is about? */
export function namesService(sentence: string, dictionary: Dictionary, index: ReportIndex): boolean {
  return linkMentions(sentence, dictionary).some((m) => namesTable(m, dictionary, index));
}

function namesTable({ isName, text, words }: Mention, { vocabulary }: Dictionary, index: ReportIndex): boolean {
  if (!isName || words.size > 0) return false;
  // 问答 is in a title, and no name of it.
  const isFull = (node: Node, mask: bigint) => ((node.core ?? vocabulary.fullMask.get(node.key) ?? 0n) & ~mask) === 0n;
  return (vocabulary.names.get(text) ?? []).some(({ key, mask }) =>
    index.nodesByKey.get(key)?.some((node) => node.kind === 'table' && isFull(node, mask)),
  );
}
