/**
 * No text that a stranger sends keeps a regular expression busy: every pattern of src is tried on text made against it, as long
 * as such text can be. The engine reads the beginning of a message only; headers and addresses may fill a request's head.
 */
import { expect } from 'chai';
import ts from 'typescript';
import { NAME_PATTERNS } from '../src/bot/kept/mask';
import { LONGEST_TYPED } from '../src/engine/normalize/normalize';
import { isThroughInTime } from './adversarial-text';
import { served } from './engine/asking';
import { readSources } from './import-lines';

const LONGEST_HEAD = 16_384;
/** All texts of one pattern together; a pattern that runs away takes years. */
const WITHIN_MS = 4000;

interface Pattern {
  file: string;
  source: string;
  flags: string;
}

/** Put together when the module or the reports are loaded, and tried as they are then. */
const MADE_AT_RUN_TIME: Record<string, readonly RegExp[]> = {
  'bot/kept/mask.ts': NAME_PATTERNS,
  'engine/verify.ts': [served().labels],
};

/** Reads what the comms team wrote, never what a stranger sends. */
const isOfOurs = (file: string) => file.startsWith('qa/');

function patternsOf(file: string, text: string): Pattern[] {
  const found: Pattern[] = (MADE_AT_RUN_TIME[file] ?? []).map(({ source, flags }) => ({ file, source, flags }));
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      found.push({ file, source, flags });
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp' && !(file in MADE_AT_RUN_TIME)) {
      throw new Error(`${file}: a pattern made at run time, which is not looked at here: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}

/** What reads the heads and bodies of requests, before the engine cuts what was typed. */
const readsRequests = (file: string) => /^(server\/(?!pages\/)|channels\/|bot\/)/.test(file);

describe('the regular expressions', () => {
  const sources = [...readSources('src')].filter(([file]) => !isOfOurs(file));
  const patterns = sources.flatMap(([file, text]) => patternsOf(file, text));

  it('are found', () => {
    expect(patterns.length).to.be.greaterThan(100);
  });

  for (const folder of new Set(patterns.map(({ file }) => file.split('/')[0] ?? ''))) {
    it(`of ${folder} are through with any text in time`, function () {
      this.timeout(120_000);
      const slow = patterns
        .filter(({ file }) => file.split('/')[0] === folder)
        .filter(({ file, source, flags }) => {
          return !isThroughInTime(source, flags, readsRequests(file) ? LONGEST_HEAD : LONGEST_TYPED, WITHIN_MS);
        });
      expect(slow.map(({ file, source }) => `${file}: /${source}/`)).to.deep.equal([]);
    });
  }
});

describe('the adversarial texts', () => {
  for (const bad of ['^(a+)+$', '^(a|aa)+$', '^(\\d+)*x$', '(?:[^}]*,?)*;', '^([一-龥]+和?)+吗$', '(\\w+\\s?)+:']) {
    it(`catch /${bad}/`, () => expect(isThroughInTime(bad, 'u', 600, 300)).to.equal(false));
  }
  it('let a plain one through', () => {
    expect(isThroughInTime('^Bearer +(\\S+)$', 'i', LONGEST_HEAD, 1000)).to.equal(true);
  });
});
