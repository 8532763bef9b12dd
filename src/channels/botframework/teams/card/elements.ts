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
  /** The pressed button says all; what stands in the card's copy field is none of its business. */
  associatedInputs: 'none';
  data: { say: string; card?: string; msteams: { type: 'messageBack'; displayText: string; text: string } };
}

export function words(text: string, look: Omit<TextRun, 'type' | 'text'> = {}, placed: Placed = {}): RichTextBlock {
  return { type: 'RichTextBlock', ...placed, inlines: [{ type: 'TextRun', text, ...look }] };
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

/** Clients show five or six buttons of a set and hide or drop the rest; further ones get a set of their own. */
export function buttons(actions: readonly Action[], placed: Placed = {}): ActionSet[] {
  const sets: ActionSet[] = [];
  for (let from = 0; from < actions.length; from += BUTTONS_IN_A_SET) {
    sets.push({ type: 'ActionSet', ...(from === 0 && placed), actions: actions.slice(from, from + BUTTONS_IN_A_SET) });
  }
  return sets;
}

const BUTTONS_IN_A_SET = 5;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): Table {
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
    columns: head.map((_, index) => ({ width: index === 0 ? 3 : 2 })),
    rows: [
      { type: 'TableRow', style: 'emphasis', cells: head.map((text) => cell(text, true)) },
      ...rows.map((row) => ({ type: 'TableRow' as const, cells: row.map((text) => cell(text, false)) })),
    ],
  };
}

/** So that Markdown leaves it as it is: 「1.诉求总量」 is no list, 「*」 no emphasis. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/^(\s*)([-+]|\d+[.)])/gm, (_all, space, mark: string) => {
    return `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`;
  });
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

export function byteLength(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card));
}
