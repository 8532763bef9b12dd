/**
 * What is none of the report's business: greetings, thanks, broken street lamps, opinions, orders to lie.
 * The words stand in data/lexicon/topics.yaml, the replies in dialogs/replies.yaml.
 */
import { SOCIAL_TOPICS } from '../lexicon/lexicon';
import type { Mention } from '../link/mention';
import { has } from '../link/mention';

export interface Topic {
  name: string;
  isSocial: boolean;
  /** The words that gave it away, for quoting. */
  said: string[];
}

/** `asksOfYear`: a year was named, so something is asked of it. */
export function topicOf(mentions: readonly Mention[], asksOfYear = false): Topic | undefined {
  const signals = mentions.filter((m) => m.topic);
  const isScolded = signals.some((m) => m.topic === '责骂') && !isQuestion(mentions);
  const asksSomething =
    // 「答的都是废话」 asks nothing of what is called 答.
    mentions.some((m) => m.isName && m.words.size === 0 && !m.topic && !(isScolded && m.text.length === 1)) ||
    mentions.some((m) => m.number || m.period) ||
    asksOfYear;
  const blocking = signals.find((m) => m.topic && !SOCIAL_TOPICS.has(m.topic) && !m.isName && m.words.size === 0);
  if (blocking?.topic)
    return {
      name: blocking.topic,
      isSocial: false,
      said: signals.filter((m) => m.topic === blocking.topic).map((m) => m.text),
    };
  if (asksSomething) return undefined;
  const order = [
    '责骂',
    '身份',
    '来历',
    '帮助',
    '闲聊',
    '告别',
    '招呼',
    '道谢',
    ...(isAllSaid(mentions) ? ['应声'] : []),
  ];
  const social = order
    .map((name) => signals.find((m) => m.topic === name && (name !== '道谢' || !isQuestion(mentions))))
    .find(Boolean);
  if (
    !social?.topic ||
    mentions.some((m) => m.isUnknown && !['责骂', '闲聊', '身份', '帮助'].includes(social.topic as string))
  )
    return undefined;
  return { name: social.topic, isSocial: true, said: [social.text] };
}

/** 「哦」 is heard; 「哦，那个呢」 asks. */
function isAllSaid(mentions: readonly Mention[]): boolean {
  return mentions.every((m) => m.topic !== undefined || (!m.isUnknown && [...m.words].every((c) => c === 'filler')));
}

/** 「我家水管坏了找谁」: words that may be meant otherwise, and count as a topic where nothing else makes sense of them. */
export function likelyTopicOf(mentions: readonly Mention[]): Topic | undefined {
  const name = mentions.find((m) => m.topic && !SOCIAL_TOPICS.has(m.topic) && !m.isName)?.topic;
  const unknown = mentions.filter((m) => m.isUnknown);
  const quoted = unknown.length > 0 ? unknown : mentions.filter((m) => m.topic === name);
  return name ? { name, isSocial: false, said: [...new Set(quoted.map((m) => m.text))] } : undefined;
}

function isQuestion(mentions: readonly Mention[]): boolean {
  return mentions.some(
    (m) =>
      has(
        m,
        'howMuch',
        'which',
        'share',
        'change',
        'times',
        'difference',
        'sum',
        'mean',
        'most',
        'least',
        'why',
        'source',
        'overview',
        'each',
        'up',
        'down',
        'pronoun',
      ) &&
      !has(m, 'filler') &&
      !m.topic,
  );
}
