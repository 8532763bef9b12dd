/**
 * No figure, row name or service name of a report stands in `src/`: another year's or city's report has to work with no
 * change of code.
 *
 * String literals, numbers and regular expressions are read; comments and the examples of rules are not, since examples may
 * name what a report prints and nothing reads them. Words that a label shares with ordinary speech are listed below, each
 * with its reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { loadReports } from '../src/report/load-reports';
import type { Report } from '../src/report/report';

/** Label → where it may stand in the sources, and why. */
const ALLOWED: Record<string, { in: RegExp; because: string }> = {
  合计: { in: /engine\/(compose|lexicon)|report\/(file-format|audit)/, because: 'adding up, as a word of arithmetic' },
  其他: { in: /engine\/compose/, because: 'keys of replies: other years, other places' },
  总数: { in: /engine\/vocabulary/, because: 'an ending that a label may lose, beside 数 and 量' },
  信息: { in: /baike\/entry\.ts/, because: 'one of the two kinds of entries' },
  问答: { in: /baike\/entry\.ts/, because: 'the other kind' },
  企业: {
    in: /src\/(index|doctor)\.ts|channels\/wecom|qa\/output\/html-report/,
    because: 'in 企业微信, the channel, and its 企业 ID',
  },
};

/** Numbers of the sources' own that some report happens to print as well. */
const ALLOWED_NUMBERS: Record<string, { in: RegExp; because: string }> = {
  120: { in: /baike\/entry\.ts|terminal/, because: 'the longest title of an entry; the width of a line' },
  300: { in: /baike\/entry\.ts|normalize|pages|widget/, because: 'lengths of texts; seconds that a page may be kept' },
  404: { in: /server|webchat/, because: 'not found' },
  1.25: { in: /site-css/, because: 'a size of type' },
};

const reports = [...loadReports('data/reports'), ...loadReports('test/fixtures/reports')];
const literals = sourceFiles('src').flatMap((file) => literalsIn(file).map((text) => ({ file, text })));

describe('the sources', () => {
  it('are read', () => {
    expect(literals).to.have.length.greaterThan(500);
  });

  it('name no row, column, table or service of a report', () => {
    const names = new Map(reports.flatMap(namesIn).map((name) => [bare(name), name]));
    const found = literals.flatMap(({ file, text }) => {
      const said = bare(text);
      return [...names].flatMap(([name, label]) => {
        if (!said.includes(name) || ALLOWED[label]?.in.test(file)) return [];
        return [`${file}: ${label} in ${JSON.stringify(text.slice(0, 80))}`];
      });
    });
    expect(found.join('\n')).to.equal('');
  });

  it('state no figure of a report', () => {
    const figures = new Set(reports.flatMap(figuresIn));
    const found = literals.flatMap(({ file, text }) => {
      return numbersIn(text)
        .filter((number) => figures.has(number) && !ALLOWED_NUMBERS[number]?.in.test(file))
        .map((number) => `${file}: ${number} in ${text.slice(0, 80)}`);
    });
    expect(found.join('\n')).to.equal('');
  });

  it('don\u2019t quote one in a comment or an example either', () => {
    // Of four digits or more: nobody means a report by 12 or 300.
    const figures = new Set(reports.flatMap(figuresIn).filter((figure) => figure.replace('.', '').length >= 4));
    const found = sourceFiles('src').flatMap((file) =>
      numbersIn(readFileSync(file, 'utf8'))
        .filter((number) => figures.has(number))
        .map((number) => `${file}: ${number}`),
    );
    expect(found.join('\n')).to.equal('');
  });

  it('never read the examples of rules', () => {
    const reads = (node: ts.Node): boolean =>
      (ts.isPropertyAccessExpression(node) && node.name.text === 'example') || (ts.forEachChild(node, reads) ?? false);
    const readers = sourceFiles('src').filter((file) => reads(parsed(file)));
    expect(readers).to.deep.equal([]);
  });

  it('need every word that is allowed', () => {
    const unneeded = Object.keys(ALLOWED).filter(
      (label) => !literals.some(({ file, text }) => ALLOWED[label]?.in.test(file) && bare(text).includes(bare(label))),
    );
    expect(unneeded).to.deep.equal([]);
  });
});

/** Titles, what they have in quotation marks, rows and headers: of two characters and more. */
function namesIn({ tables, parts, region, title }: Report): string[] {
  const titles = [title, ...parts.map((part) => part.title), ...tables.map((table) => table.title)];
  const labels = tables.flatMap(({ rows, headers, rowHeader }) => {
    const below = (header: (typeof headers)[number]): string[] => [header.label, ...header.children.flatMap(below)];
    return [...rows.map(({ label }) => label), ...headers.flatMap(below), rowHeader];
  });
  const quoted = [...titles, ...labels].flatMap((text) =>
    [...text.matchAll(/“([^”]+)”/g)].map(([, inside = '']) => inside),
  );
  return [...titles, ...labels, ...quoted, region.name].filter((name) => bare(name).length >= 2);
}

/** Printed numbers and percentages that nobody would write by chance: of three digits and more. */
function figuresIn({ cells }: Report): string[] {
  return cells
    .flatMap(({ figure }) => (figure.kind === 'number' ? [figure.digits, figure.change?.digits ?? ''] : []))
    .filter((digits) => digits.replace('.', '').length >= 3 && !/^10+$/.test(digits));
}

function literalsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isExampleOfRule(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    else if (ts.isRegularExpressionLiteral(node) || ts.isNumericLiteral(node)) found.push(node.getText());
    // A key of an object is a word of the sources as well.
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) found.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(parsed(file));
  return found;
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

/** `example: '电话占企业诉求的比例'` of a way of asking: for whoever reads the rule. */
function isExampleOfRule(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'example';
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function bare(label: string): string {
  return label.normalize('NFKC').replace(/[\s"'“”《》()、,，]/g, '');
}

/** 1,234 is 1234. */
function numbersIn(text: string): string[] {
  return [...text.replace(/(?<=\d),(?=\d{3})/g, '').matchAll(/(?<![\d.])\d+(?:\.\d+)?(?![\d])/g)].map(
    ([number]) => number,
  );
}
