/** What one message of the platform may hold: texts in bytes of UTF-8, the parts of a card in characters as people count. */
export const LIMITS = {
  textBytes: 2048,
  /** The AI bot's. */
  streamBytes: 20_480,
  urlBytes: 2048,
  keyBytes: 1024,
  taskIdBytes: 128,
  title: 36,
  figure: 14,
  figureRemark: 22,
  subTitle: 160,
  rows: 6,
  rowName: 5,
  rowValue: 30,
  jumps: 3,
  jumpTitle: 18,
  menu: 3,
  buttons: 6,
  buttonText: 10,
  /** Not documented for these two; the nearest documented ones. */
  quote: 160,
  menuText: 18,
} as const;

/** As people count them: 😀 is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

export function fits(text: string, most: number): boolean {
  return text !== '' && lengthOf(text) <= most;
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
