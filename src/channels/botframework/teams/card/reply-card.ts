/**
 * A reply as an Adaptive Card: the figure large with its 同比, the sentence, a table, a chart, the place in the report as a
 * link, a line to copy, and buttons that ask on.
 *
 *     “某热线”满意率
 *     12.34%　同比上升 5.6%（↑）
 *     2024年“某热线”满意率为 12.34%，同比上升 5.6%（↑）。
 *     出处：二、某部分 › 1.某表 › 满意率 〔原文〕
 *     热线百科：某热线
 *     ［看原表］［复制引用］
 *     ［2023年是多少］［概括一下某热线］
 *
 * Nothing of an answer is shortened but a long table, which says so and has its link.
 *
 * Not here: the message around the card (reply-message.ts), the elements themselves (elements.ts).
 */
import type { Reply } from '../../../../engine/answer-form';
import type { TeamsWording } from '../wording';
import { filled } from '../wording';
import {
  type Action,
  type AdaptiveCard,
  buttons,
  byteLength,
  CARD_VERSION,
  type Element,
  isWebAddress,
  linked,
  says,
  table,
  words,
} from './elements';
import { quoteLine } from './quote-line';

export interface CardParts {
  wording: TeamsWording['card'];
  /** By id of the report. */
  reportTitles: ReadonlyMap<string, string>;
}

export interface CardForm {
  /** Sentences that the message itself says, above the card. */
  above?: readonly string[];
  /** A card that a person puts into a message of theirs has no buttons to the bot: it may not be in that conversation. */
  hasBot?: boolean;
  /** What the bot knows the reply by; its buttons carry it. */
  card?: string | undefined;
}

/** Teams takes 28 KB with the message around; the rest of the message is ours to keep small. */
export const CARD_LIMIT_BYTES = 24 * 1024;
/** What a label may have to stand on a button whole, on a phone. */
const BUTTON_LETTERS = 16;
const QUOTE_ID = 'quote';

export function replyCard(reply: Reply, parts: CardParts, form: CardForm = {}): AdaptiveCard {
  const rows = reply.table?.rows.length ?? 0;
  const whole = cardWith(reply, rows, parts, form);
  if (byteLength(whole) <= CARD_LIMIT_BYTES) return whole;
  let [fits, tooMany] = [0, rows];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (byteLength(cardWith(reply, middle, parts, form)) <= CARD_LIMIT_BYTES) fits = middle;
    else tooMany = middle;
  }
  return cardWith(reply, fits, parts, form);
}

function cardWith(
  reply: Reply,
  rows: number,
  parts: CardParts,
  { above = [], hasBot = true, card }: CardForm,
): AdaptiveCard {
  const { wording } = parts;
  const chart = chartOf(reply);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: CARD_VERSION,
    fallbackText: fallbackOf(reply, rows, wording),
    body: [
      ...headlineOf(reply),
      ...reply.sentences.filter((sentence) => !above.includes(sentence)).map((sentence) => words(sentence)),
      ...tableOf(reply, rows, wording),
      ...(chart ? [chart] : []),
      ...(hasBot ? optionsOf(reply, wording, card) : []),
      ...sourcesOf(reply),
      ...entriesOf(reply, wording),
      ...toolsOf(reply, parts),
      ...(hasBot ? suggestionsOf(reply, card) : []),
    ],
    ...((reply.table || chart) && { msteams: { width: 'Full' as const } }),
  };
}

function headlineOf({ headline }: Reply): Element[] {
  if (!headline) return [];
  const { figure, change, label } = headline;
  return [
    words(label, { weight: 'bolder' }),
    {
      type: 'RichTextBlock',
      spacing: 'none',
      inlines: [
        { type: 'TextRun', text: figure, size: 'extraLarge', weight: 'bolder' },
        ...(change ? [{ type: 'TextRun' as const, text: `　${change}` }] : []),
      ],
    },
  ];
}

function tableOf({ table: data }: Reply, rows: number, { moreRows }: TeamsWording['card']): Element[] {
  if (!data) return [];
  const shown = data.rows.slice(0, rows);
  return [
    ...(shown.length > 0 ? [table(data.head, shown)] : []),
    ...(shown.length < data.rows.length ? [words(moreRows, { isSubtle: true })] : []),
  ];
}

function chartOf({ chart, chartUrl }: Reply): Element | undefined {
  if (!chart || !chartUrl) return undefined;
  return { type: 'Image', url: chartUrl, altText: chart.alt, size: 'stretch' };
}

/** Short choices stand on the buttons; longer ones as rows that can be pressed, with their numbers on the buttons. */
function optionsOf({ options }: Reply, { optionNumber }: TeamsWording['card'], card?: string): Element[] {
  if (options.length === 0) return [];
  if (options.every(({ label }) => label.length <= BUTTON_LETTERS)) {
    return buttons(options.map(({ label, say }) => says(label, say, label, card)));
  }
  const rows = options.map(({ label, say }, index): Element => {
    return {
      type: 'Container',
      style: 'emphasis',
      spacing: 'small',
      items: [words(`${index + 1}. ${label}`)],
      selectAction: says(label, say, label, card),
    };
  });
  const numbered = options.map(({ label, say }, index) => {
    return { ...says(filled(optionNumber, { 序号: String(index + 1) }), say, label, card), tooltip: label };
  });
  return [...rows, ...buttons(numbered)];
}

function sourcesOf({ sources }: Reply): Element[] {
  return sources.map(({ line, url }) => {
    return { type: 'RichTextBlock', inlines: [linked(line, url, { size: 'small', isSubtle: true })] };
  });
}

function entriesOf({ answer }: Reply, { entries: before }: TeamsWording['card']): Element[] {
  const { entries } = answer;
  if (entries.length === 0) return [];
  const look = { size: 'small', isSubtle: true } as const;
  const inlines = entries.flatMap(({ title, url }, index) => [
    { type: 'TextRun' as const, text: index === 0 ? before : '、', ...look },
    linked(title, url, look),
  ]);
  return [{ type: 'RichTextBlock', spacing: 'small', inlines }];
}

/** To see the page of the report, and to copy: a field, since its text can be chosen whole on every client. */
function toolsOf(reply: Reply, { wording, reportTitles }: CardParts): Element[] {
  const quote = quoteLine(reply, wording.quote, reportTitles);
  const page = reply.sources.find(({ url }) => isWebAddress(url));
  const actions: Action[] = [
    ...(page ? [{ type: 'Action.OpenUrl' as const, title: wording.seeTable, url: page.url }] : []),
    ...(quote
      ? [{ type: 'Action.ToggleVisibility' as const, title: wording.copyQuote, targetElements: [QUOTE_ID] }]
      : []),
  ];
  return [
    ...(quote
      ? [
          {
            type: 'Input.Text' as const,
            id: QUOTE_ID,
            isVisible: false,
            isMultiline: true as const,
            label: wording.quoteHint,
            value: quote,
          },
        ]
      : []),
    ...buttons(actions),
  ];
}

/** What was offered to choose from isn't suggested once more. */
function suggestionsOf({ suggestions, options }: Reply, card?: string): Element[] {
  const offered = new Set(options.map(({ say }) => say));
  const others = suggestions.filter((question) => !offered.has(question));
  return buttons(others.map((question) => says(question, question, question, card)));
}

/** The reply in plain words, without the rows that the card leaves out. */
function fallbackOf(reply: Reply, rows: number, { moreRows }: TeamsWording['card']): string {
  const leftOut = reply.table?.rows.slice(rows) ?? [];
  if (leftOut.length === 0) return reply.text;
  const lines = new Set(leftOut.map((row) => `· ${row.join('　')}`));
  return [...reply.text.split('\n').filter((line) => !lines.has(line)), moreRows].join('\n');
}
