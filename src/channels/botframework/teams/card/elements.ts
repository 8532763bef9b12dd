/**
 * The elements of an Adaptive Card that our cards are made of, as plain data, and the few ways we make them.
 *
 * Version 1.5 is what Teams renders on desktop and phone. Words go into RichTextBlocks, which read no Markdown: a reply may
 * quote what a person typed, and 「[这里](http://…)」 must stay what it is. Only cells of a table, which hold labels and
 * figures, are TextBlocks, escaped.
 */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
export const CARD_VERSION = '1.5';

export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: typeof CARD_VERSION;
  /** What a client shows that knows no such card. */
  fallbackText: string;
  body: Element[];
  msteams?: { width: 'Full' };
}

export type Element = RichTextBlock | TextBlock | Container | Table | Image | InputText | ActionSet;

interface Placed {
  id?: string;
  isVisible?: boolean;
  spacing?: 'none' | 'small' | 'default' | 'medium' | 'large';
  separator?: boolean;
}

export interface TextRun {
  type: 'TextRun';
  text: string;
  size?: 'small' | 'default' | 'medium' | 'large' | 'extraLarge';
  weight?: 'default' | 'bolder';
  isSubtle?: boolean;
  selectAction?: OpenUrl;
}

export interface RichTextBlock extends Placed {
  type: 'RichTextBlock';
  inlines: TextRun[];
}

export interface TextBlock extends Placed {
  type: 'TextBlock';
  text: string;
  wrap: true;
  weight?: 'bolder';
}

export interface Container extends Placed {
  type: 'Container';
  items: Element[];
  style?: 'emphasis';
  selectAction?: Submit;
}

export interface Table extends Placed {
  type: 'Table';
  firstRowAsHeaders: boolean;
  showGridLines: boolean;
  columns: { width: number }[];
  rows: { type: 'TableRow'; style?: 'emphasis'; cells: { type: 'TableCell'; items: TextBlock[] }[] }[];
}

export interface Image extends Placed {
  type: 'Image';
  url: string;
  altText: string;
  size: 'stretch';
}

export interface InputText extends Placed {
  type: 'Input.Text';
  id: string;
  label: string;
  value: string;
  isMultiline: true;
}

export interface ActionSet extends Placed {
  type: 'ActionSet';
  actions: Action[];
}

export type Action = Submit | OpenUrl | ToggleVisibility;

export interface OpenUrl {
  type: 'Action.OpenUrl';
  title: string;
  url: string;
}

export interface ToggleVisibility {
  type: 'Action.ToggleVisibility';
  title: string;
  targetElements: string[];
}

/** Pressing it says something: `displayText` appears in the chat as the person's own message, `text` reaches the bot. */
export interface Submit {
  type: 'Action.Submit';
  title: string;
  /** What is meant, where the button only has a number. */
  tooltip?: string;
  /** The pressed button says all; what stands in the card's copy field is none of its business. */
  associatedInputs: 'none';
  data: { say: string; card?: string; msteams: { type: 'messageBack'; displayText: string; text: string } };
}

export function words(text: string, look: Omit<TextRun, 'type' | 'text'> = {}): RichTextBlock {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...look }] };
}

/** A link inside words; plain words where the address is none that a client would open. */
export function linked(text: string, url: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun {
  return {
    type: 'TextRun',
    text,
    ...look,
    ...(isWebAddress(url) && { selectAction: { type: 'Action.OpenUrl' as const, title: text, url } }),
  };
}

/** `card` is the name of the reply that the button belongs to. */
export function says(title: string, say: string, shown = say, card?: string): Submit {
  return {
    type: 'Action.Submit',
    title,
    associatedInputs: 'none',
    data: { say, ...(card !== undefined && { card }), msteams: { type: 'messageBack', displayText: shown, text: say } },
  };
}

/**
 * Buttons in rows that fit a phone, each a set of its own: clients put a set on one line and cut the words to make it fit,
 * and hide what is beyond the fifth or sixth.
 */
export function buttons(actions: readonly Action[]): ActionSet[] {
  const rows: Action[][] = [];
  let room = 0;
  for (const action of actions) {
    const width = action.title.length * LETTER_PIXELS + BUTTON_PIXELS;
    const row = rows.at(-1);
    if (row && width <= room && row.length < MOST_IN_A_ROW) row.push(action);
    else rows.push([action]);
    room = (rows.at(-1)?.length === 1 ? ROW_PIXELS : room) - width;
  }
  return rows.map((row, index) => ({
    type: 'ActionSet',
    ...(index > 0 && { spacing: 'small' }),
    actions: row,
  }));
}

const LETTER_PIXELS = 14;
/** Around the words: border, padding, the gap to the next. */
const BUTTON_PIXELS = 34;
const ROW_PIXELS = 296;
const MOST_IN_A_ROW = 5;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const inside = rows.map((row) => row.map((text, column) => besides(head[column], text)));
  const cell = (text: string, isHead: boolean) => ({
    type: 'TableCell' as const,
    items: [
      {
        type: 'TextBlock' as const,
        text: escaped(text),
        wrap: true as const,
        ...(isHead && { weight: 'bolder' as const }),
      },
    ],
  });
  return {
    type: 'Table',
    firstRowAsHeaders: true,
    showGridLines: true,
    columns: head.map((title, column) => ({ width: widthOf([title, ...inside.map((row) => row[column] ?? '')]) })),
    rows: [
      { type: 'TableRow', style: 'emphasis', cells: head.map((text) => cell(text, true)) },
      ...inside.map((row) => ({ type: 'TableRow' as const, cells: row.map((text) => cell(text, false)) })),
    ],
  };
}

/** A cell doesn't say again what its column is called: 「同比」 over 「同比上升 7.62%（↑）」. On a phone that is a line. */
function besides(title = '', text: string): string {
  return title && text !== title && text.startsWith(title) ? text.slice(title.length) : text;
}

/**
 * Of a column, by its longest cell: a Chinese letter is as wide as two digits. Words wrap; a figure needs its room, with the
 * margins of its cell, since clients cut a number in two that hasn't got it.
 */
function widthOf(cells: readonly string[]): number {
  const longest = Math.max(
    ...cells.map((text) => [...text].reduce((sum, letter) => sum + (letter < '\u0100' ? 1 : 2), 0)),
  );
  const figure = Math.max(...cells.flatMap((text) => text.match(/[\d,.%]+/g) ?? ['']).map((digits) => digits.length));
  return Math.max(Math.ceil(figure * 1.5), Math.min(Math.max(longest, 12), 16));
}

/** So that Markdown leaves it as it is: 「1.诉求总量」 is no list, 「*」 no emphasis. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, (_all, space, mark: string) => {
      return `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`;
    });
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

export function byteLength(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card));
}
