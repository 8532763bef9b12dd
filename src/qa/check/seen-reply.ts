/**
 * A reply as it reached the person: the words and buttons that are seen, and the structured answer beside them. Every road
 * (../roads/) ends in this form.
 */
import type { Answer } from '../../engine/answer-form';

export interface SeenReply {
  /** The words, several messages one below the other. */
  text: string;
  /** What can be pressed. */
  buttons: string[];
  /** Missing in the bot's own texts: welcome, apology. */
  answer: Answer | undefined;
}

/** Part of an activity, as it comes over any wire. */
export interface SeenActivity {
  text?: string | undefined;
  suggestedActions?: { actions?: { title?: string | undefined }[] } | undefined;
  attachments?: unknown[] | undefined;
  channelData?: unknown;
}

export function seenReply(activities: SeenActivity[]): SeenReply {
  const words = activities.flatMap(({ text, attachments }) => [
    text ?? '',
    ...(attachments ?? []).flatMap(wordsOfCard),
  ]);
  const buttons = activities.flatMap(({ suggestedActions }) =>
    (suggestedActions?.actions ?? []).map(({ title }) => title ?? ''),
  );
  const answers = activities.flatMap(({ channelData }) => answerIn(channelData) ?? []);
  return { text: words.filter(Boolean).join('\n'), buttons: buttons.filter(Boolean), answer: answers.at(-1) };
}

function answerIn(channelData: unknown): Answer | undefined {
  if (typeof channelData !== 'object' || channelData === null || !('answer' in channelData)) return undefined;
  return channelData.answer as Answer;
}

/** Where texts stand in Adaptive Cards and in the messages of WeChat Work. */
const SHOWN_IN_CARDS = new Set([
  ...['text', 'title', 'subtitle', 'value', 'altText'],
  ...['content', 'desc', 'quote_text', 'sub_title_text'],
]);

/** Whatever a card shows: the texts in it, however deep. */
function wordsOfCard(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(wordsOfCard);
  if (typeof card !== 'object' || card === null) return [];
  return Object.entries(card).flatMap(([key, value]) => {
    if (typeof value === 'string') return SHOWN_IN_CARDS.has(key) ? [value] : [];
    return wordsOfCard(value);
  });
}
