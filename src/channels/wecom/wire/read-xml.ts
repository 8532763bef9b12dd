/**
 * The XML of the platform as a tree of texts. Values stay text (a MsgId is larger than any exact number), entities are not
 * expanded, and a document that declares a type of its own is not read at all, so nothing outside of it is ever fetched.
 *
 * What stands in CDATA is taken as it is; in plain text the five entities that XML itself knows are put back.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

export type XmlValue = string | XmlNode | XmlValue[];
export interface XmlNode {
  [name: string]: XmlValue;
}

/** A text message has at most 2,048 bytes; a card event lists at most a few dozen options. */
export const MAX_XML_CHARS = 65_536;

const CDATA = '#cdata';
const TEXT = '#text';

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  cdataPropName: CDATA,
});

const Parsed: z.ZodType<unknown> = z.object({ xml: z.record(z.unknown()) });

/** The children of `<xml>`; undefined if this is no document of the platform's. */
export function readXml(text: string): XmlNode | undefined {
  if (text.length > MAX_XML_CHARS || /<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) return undefined;
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const read = Parsed.safeParse(parser.parse(text));
    if (!read.success) return undefined;
    const node = plain((read.data as { xml: unknown }).xml);
    return typeof node === 'object' && !Array.isArray(node) ? node : undefined;
  } catch {
    return undefined; // Too deep, or a name that is no name: the library throws, and its message quotes the document.
  }
}

/** The text of a child, if it has one. */
export function textOf(node: XmlNode, name: string): string | undefined {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function plain(value: unknown): XmlValue {
  if (typeof value === 'string') return withEntities(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const { [CDATA]: cdata, [TEXT]: _spaces, ...children } = value as Record<string, unknown>;
  // Two CDATA side by side are one text: `]]>` inside of a message is written so.
  if (cdata !== undefined) return Array.isArray(cdata) ? cdata.join('') : String(cdata);
  return Object.fromEntries(Object.entries(children).map(([name, child]) => [name, plain(child)]));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function withEntities(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
