/**
 * Pointing into what was listed last: 「第三个占多少」「前两个加起来」「第二名呢」「后两个」. By itself 「第三个」 asks for the third in
 * an order; after a list it is the third of the list.
 */
import { has, type Mention } from '../link/mention';
import { hasAny } from '../parse/sentence';

/** The mentions with each such pointer as one word that says which places of the list it means. */
export function pointIntoList(mentions: readonly Mention[], listed: number): Mention[] {
  if (listed < 2 || hasAny(mentions, ...RANKING) || mentions.some((m) => has(m, 'most', 'least') && !isFirst(m)))
    return [...mentions];
  const pointing: Mention[] = [];
  for (let i = 0; i < mentions.length; i++) {
    const m = mentions[i] as Mention;
    const [counter] = mentions.slice(i + 1);
    const places = placesOf(m, counter, listed);
    if (!places) {
      pointing.push(m);
      continue;
    }
    pointing.push({ ...m, words: FILLER, isName: false, places });
    // 「第三 个」「后 两个」「最后 一个」
    const isOne = counter && (isCounter(counter) || counter.count !== undefined || ONE.test(counter.text));
    if (isOne && counter.start === m.end) i += 1;
  }
  return pointing;
}

const RANKING = ['ranking', 'more', 'less', 'which'] as const;
const FILLER: Mention['words'] = new Set(['filler']);

function placesOf(m: Mention, next: Mention | undefined, listed: number): number[] | undefined {
  const follows = next !== undefined && next.start === m.end;
  const few = follows ? next.count : undefined;
  if (few !== undefined && few < listed) {
    if (has(m, 'firstFew')) return Array.from({ length: few }, (_, i) => i);
    if (has(m, 'lastFew') || m.text === '后') return Array.from({ length: few }, (_, i) => listed - few + i);
  }
  if (follows && ONE.test(next.text)) {
    if (/^(?:最后|末尾|末了)$/u.test(m.text)) return [listed - 1];
    if (/^(?:中间|当中)$/u.test(m.text) && listed % 2 === 1) return [(listed - 1) / 2];
  }
  const isCounted = /[名位个项条种类]$/u.test(m.text) || (follows && isCounter(next));
  if (!isCounted) return undefined;
  const place = isFirst(m) ? 1 : m.ordinal;
  return place !== undefined && place <= listed ? [place - 1] : undefined;
}

/** 「最后一个」「中间那个」: where in the list it stands. */
const ONE = /^[一这那]?[个项条种类块]$/u;

function isFirst({ text }: Mention): boolean {
  return /^[第头]一/u.test(text);
}

function isCounter({ text }: Mention): boolean {
  return /^[个项条种类]$/u.test(text);
}
