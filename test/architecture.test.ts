/**
 * Imports go one way: channels → bot → engine → (report, baike), for types too. index.ts joins them. The server knows no
 * channel: a channel brings its routes, written with the server's helpers, and index.ts hands them over.
 */
import { expect } from 'chai';
import { circlesIn, filesImportedBy, importsOf, readSources, type Sources } from './import-lines';

/** What the files of a folder may import besides each other. */
const MAY_IMPORT: Record<string, string[]> = {
  report: [],
  baike: ['report'],
  engine: ['report', 'baike'],
  state: [],
  bot: ['engine', 'report', 'baike', 'state'],
  server: ['engine', 'report', 'baike', 'state'],
  channels: ['bot', 'engine', 'report', 'baike', 'server', 'state'],
  // The scripts are run through the channels, as people use them: qa stands above all, and nobody imports it.
  qa: ['channels', 'server', 'bot', 'engine', 'report', 'baike', 'state'],
};
/** They join the folders and may import all. */
const JOINING = ['index.ts', 'doctor.ts'];
/** At the top of src: they know no folder, so everybody may import them. */
const FREE = ['problems.ts', 'fault.ts', 'config.ts', 'live.ts'];
const FREE_MAY_IMPORT: Record<string, string[]> = {
  'fault.ts': ['problems.ts'],
  'config.ts': ['problems.ts'],
  'live.ts': ['problems.ts'],
};
const SDK = /^(botbuilder|botframework)/;

function wrongDirections(sources: Sources): string[] {
  return [...sources.keys()].flatMap((file) =>
    filesImportedBy(file, sources)
      .filter((imported) => !isAllowed(file, imported))
      .map((imported) => `${file} imports ${imported}`),
  );
}

function isAllowed(file: string, imported: string): boolean {
  if (JOINING.includes(file)) return true;
  if (FREE.includes(file)) return FREE_MAY_IMPORT[file]?.includes(imported) ?? false;
  if (FREE.includes(imported)) return true;
  const [from = '', to = ''] = [file, imported].map((path) => path.split('/')[0]);
  return imported.includes('/') && (from === to || (MAY_IMPORT[from]?.includes(to) ?? false));
}

function outsideOf(folders: string[], sources: Sources, isForbidden: (text: string) => boolean): string[] {
  return [...sources]
    .filter(
      ([file, text]) => !folders.some((folder) => file === folder || file.startsWith(folder)) && isForbidden(text),
    )
    .map(([file]) => file);
}

const usesSdk = (text: string) => importsOf(text).some((name) => SDK.test(name));
const usesNet = (text: string) =>
  importsOf(text).some((name) => /^(restify|(node:)?(http|https|net|tls|dgram))$/.test(name));
const usesEnvironment = (text: string) =>
  /\bprocess\s*(\?\.|\.|\[\s*['"])\s*env\b|\benv\b[^;]*\bfrom\s*['"](node:)?process/.test(text);

describe('the sources', () => {
  const sources = readSources('src');

  it('import in one direction', () => {
    expect(wrongDirections(sources)).to.deep.equal([]);
  });

  it('close no circle', () => {
    expect(circlesIn(sources).map((circle) => circle.join(' → '))).to.deep.equal([]);
  });

  it('know botbuilder only in bot and channels', () => {
    expect(outsideOf(['bot/', 'channels/'], sources, usesSdk)).to.deep.equal([]);
  });

  it('know the network only in server and channels', () => {
    expect(outsideOf(['server/', 'channels/'], sources, usesNet)).to.deep.equal([]);
  });

  it('read the environment only in config.ts', () => {
    expect(outsideOf(['config.ts'], sources, usesEnvironment)).to.deep.equal([]);
  });
});

describe('the reading of imports', () => {
  const sources = (files: Record<string, string>): Sources => new Map(Object.entries(files));

  it('finds an engine that knows the bot, were it only a type', () => {
    const files = sources({
      'engine/answer.ts': "import type {\n  Ask,\n} from '../bot/ask';",
      'bot/ask.ts': "export * from '../engine/answer'",
    });
    expect(wrongDirections(files)).to.deep.equal(['engine/answer.ts imports bot/ask.ts']);
    expect(circlesIn(files)).to.deep.equal([['engine/answer.ts', 'bot/ask.ts', 'engine/answer.ts']]);
  });

  it('finds a server that knows a channel, a folder nobody listed, and a free file that knows something', () => {
    const files = sources({
      'server/a.ts': "const x = await import('../channels/b');",
      'channels/b/index.ts': '',
      'helpers/c.ts': "import '../channels/b';",
      'problems.ts': "let d: import('./config').Config;",
      'config.ts': '',
    });
    expect(wrongDirections(files)).to.have.length(3);
  });

  it('finds a circle that has a tail, once', () => {
    const files = sources({ 'a.ts': "import './b'", 'b.ts': "import './c'", 'c.ts': "import './b'" });
    expect(circlesIn(files)).to.deep.equal([['b.ts', 'c.ts', 'b.ts']]);
  });

  it('takes no comment for an import', () => {
    expect(importsOf("/** see from '../bot/ask' */\n// import '../bot'\n")).to.deep.equal([]);
  });

  it('finds the environment however it is written', () => {
    for (const text of ['process.env', "process['env']", 'process?.env.X', "import { env } from 'node:process'"]) {
      expect(usesEnvironment(text), text).to.equal(true);
    }
    expect(usesEnvironment('readConfig(env)')).to.equal(false);
  });
});
