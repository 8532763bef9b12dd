/** What the panel reads of an activity: the words, and in channelData the parts that it draws instead of them. */
export interface Activity {
  type: string;
  id?: string;
  text?: string;
  timestamp?: string;
  name?: string;
  value?: unknown;
  from?: { id?: string; role?: string };
  suggestedActions?: { actions?: { title?: string; value?: unknown }[] };
  channelData?: { clientActivityID?: string; answer?: Answer; reply?: ReplyParts };
}

export interface Answer {
  kind: 'answer' | 'clarify' | 'decline' | 'talk';
  grade: string | null;
  options: string[];
  entries: { title: string; url: string }[];
}

export interface ReplyParts {
  /** All of it in words. */
  text?: string;
  headline?: { figure: string; change?: string; label: string };
  sentences: string[];
  table?: { head: string[]; rows: string[][] };
  sources: { line: string; url: string }[];
  chart?: { alt: string };
  /** Ends in .png; with .svg or .dark.svg instead it is the same picture, sharper and for the dark. */
  chartUrl?: string;
}

export interface Chip {
  title: string;
  say: string;
}

export function chipsOf({ suggestedActions }: Activity): Chip[] {
  return (suggestedActions?.actions ?? []).flatMap(({ title, value }) =>
    typeof title === 'string' && typeof value === 'string' ? [{ title, say: value }] : [],
  );
}

/** An address to press on: of a page, and of nothing that runs. */
export function safeAddress(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url, location.href);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined; // Not an address: its words stay, without a link.
  }
}
