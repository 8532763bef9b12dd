/** Workbooks in the conventions of the programs that people have, written by hand, part by part. */
import { strToU8, zipSync } from 'fflate';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Cell formats by their place in the list: 0 as it is, 1 the built-in percentage, 2 one of one's own, 3 a date, 4 text. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="176" formatCode="0.00%;[Red]\\-0.00%"/><numFmt numFmtId="177" formatCode="#,##0&quot;件(y)&quot;"/></numFmts>
<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="49"/><xf numFmtId="177"/></cellXfs></styleSheet>`;

export interface WorkbookParts {
  /** XML of each sheet: what stands in <sheetData>, and behind it. */
  sheets: { name: string; data: string; behind?: string }[];
  shared?: string[];
  /** Absolute targets, as some programs write them. */
  isAbsolute?: boolean;
  /** A prefix before every name, as some programs write it. */
  prefix?: string;
}

export function workbook({ sheets, shared = [], isAbsolute = false, prefix = '' }: WorkbookParts): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="${isAbsolute ? '/xl/' : ''}worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': STYLES,
    ...(shared.length > 0 && {
      'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    }),
  };
  sheets.forEach(({ data, behind = '' }, index) => {
    const xml = `<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData>${behind}</worksheet>`;
    files[`xl/worksheets/sheet${index + 1}.xml`] = prefix
      ? xml.replace(/<(\/?)(\w)/g, `<$1${prefix}:$2`).replace('xmlns=', `xmlns:${prefix}=`)
      : xml;
  });
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** A cell with its text in it. */
export function text(ref: string, words: string): string {
  return `<c r="${ref}" t="inlineStr"><is><t>${words}</t></is></c>`;
}

export function number(ref: string, value: string, style = 0): string {
  return `<c r="${ref}"${style ? ` s="${style}"` : ''}><v>${value}</v></c>`;
}

export function row(number: number, ...cells: string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`;
}
