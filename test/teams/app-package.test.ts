import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { appPackage, type PackageParts } from '../../src/channels/botframework/teams/package/app-package';
import { MANIFEST_VERSION } from '../../src/channels/botframework/teams/package/manifest';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import { ProblemsFound } from '../../src/problems';

const APP_ID = '8a0b2f7c-1111-2222-3333-444455556666';
const SETTINGS = { appId: APP_ID, publicUrl: 'https://hotline.example.gov.cn/qa', version: '1.2.0' };

/** The published schemas, as a package of Microsoft has them. */
function schemaFaults(name: string, content: unknown): string[] {
  const folder = join('node_modules/@microsoft/app-manifest/build/json-schemas/teams', `v${MANIFEST_VERSION}`);
  const schema: object = JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(schema);
  validate(content);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function packed(parts: Partial<PackageParts> = {}): Record<string, Uint8Array> {
  return unzipSync(
    appPackage({ wording: loadTeamsWording('dialogs'), settings: SETTINGS, iconsFolder: 'assets/teams', ...parts }),
  );
}

function problems(parts: Partial<PackageParts>): { file: string; place: string; found: string }[] {
  try {
    packed(parts);
  } catch (error) {
    if (error instanceof ProblemsFound) return error.problems;
    throw error;
  }
  return [];
}

const text = (bytes: Uint8Array | undefined) => strFromU8(bytes ?? new Uint8Array());

describe('the app package', () => {
  it('holds the manifest, its strings and both icons, and nothing else', () => {
    expect(Object.keys(packed()).sort()).to.deep.equal(['color.png', 'manifest.json', 'outline.png', 'zh-cn.json']);
  });

  it('has a manifest that the published schema accepts, with the bot, its commands, the search and the domain', () => {
    const manifest = JSON.parse(text(packed()['manifest.json']));
    expect(schemaFaults('MicrosoftTeams', manifest)).to.deep.equal([]);
    expect(manifest).to.deep.include({ id: APP_ID, version: '1.2.0', manifestVersion: MANIFEST_VERSION });
    expect(manifest.validDomains).to.deep.equal(['hotline.example.gov.cn']);
    expect(manifest.bots[0]).to.deep.include({ botId: APP_ID, scopes: ['personal', 'team', 'groupChat'] });
    const commands: { title: string }[] = manifest.bots[0].commandLists[0].commands;
    expect(commands.map(({ title }) => title)).to.deep.equal(['帮助', '概览', '数据来源']);
    expect(manifest.composeExtensions[0].commands[0]).to.deep.include({ id: 'searchFigures', initialRun: true });
  });

  it('has strings in Chinese that the published schema accepts, the same as in the manifest', () => {
    const files = packed();
    const strings = JSON.parse(text(files['zh-cn.json']));
    const manifest = JSON.parse(text(files['manifest.json']));
    expect(schemaFaults('MicrosoftTeams.Localization', strings)).to.deep.equal([]);
    expect(manifest.localizationInfo).to.deep.equal({ defaultLanguageTag: 'zh-cn', defaultLanguageFile: 'zh-cn.json' });
    expect(strings['name.short']).to.equal(manifest.name.short);
    expect(strings['composeExtensions[0].commands[0].title']).to.equal(manifest.composeExtensions[0].commands[0].title);
  });

  it('is refused by the schema when a name is too long, so that the check above can fail', () => {
    const manifest = JSON.parse(text(packed()['manifest.json']));
    expect(
      schemaFaults('MicrosoftTeams', { ...manifest, name: { short: '字'.repeat(31), full: '名' } }),
    ).to.have.length.at.least(1);
  });

  it('comes out the same from the same settings', () => {
    const parts = { wording: loadTeamsWording('dialogs'), settings: SETTINGS, iconsFolder: 'assets/teams' };
    expect(Buffer.compare(appPackage(parts), appPackage(parts))).to.equal(0);
  });

  it('links to the service’s own page where no other address is written', () => {
    const wording = loadTeamsWording('dialogs');
    const own = JSON.parse(text(packed()['manifest.json'])).developer;
    expect(own.privacyUrl).to.equal('https://hotline.example.gov.cn/qa/');
    const app = { ...wording.app, privacyUrl: 'https://example.gov.cn/privacy' };
    const other = JSON.parse(text(packed({ wording: { ...wording, app } })['manifest.json'])).developer;
    expect(other.privacyUrl).to.equal('https://example.gov.cn/privacy');
  });

  it('tells all that is missing at once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'icons-'));
    writeFileSync(join(folder, 'outline.png'), readFileSync('assets/teams/color.png'));
    const settings = { appId: undefined, publicUrl: 'http://localhost:3978', version: 'eins' };
    const found = problems({ settings, iconsFolder: folder });
    expect(found.map(({ place, file }) => place || file)).to.deep.equal([
      'MicrosoftAppId',
      'PUBLIC_URL',
      '版本',
      join(folder, 'color.png'),
      join(folder, 'outline.png'),
    ]);
    expect(found.at(-1)?.found).to.equal('192×192');
    rmSync(folder, { recursive: true });
  });

  for (const [name, settings] of Object.entries({
    'an id that is none': { ...SETTINGS, appId: 'bot' },
    'an address without encryption': { ...SETTINGS, publicUrl: 'http://hotline.example.gov.cn' },
    'an address of this machine': { ...SETTINGS, publicUrl: 'https://localhost' },
  })) {
    it(`is not written with ${name}`, () => {
      expect(problems({ settings })).to.have.length(1);
    });
  }

  it('takes no icon that is no picture, and none without transparency', () => {
    const folder = mkdtempSync(join(tmpdir(), 'icons-'));
    writeFileSync(join(folder, 'color.png'), 'PNG');
    const opaque = readFileSync('assets/teams/outline.png');
    opaque[25] = 2;
    writeFileSync(join(folder, 'outline.png'), opaque);
    expect(problems({ iconsFolder: folder }).map(({ found }) => found)).to.deep.equal([
      '不是 PNG 的文件',
      '不透明的图',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('is written by the command, which says in Chinese what is missing and ends with 1', () => {
    const run = (env: NodeJS.ProcessEnv) => {
      const args = ['dist/channels/botframework/teams/package/index.js', '--version', '1.2.3'];
      return spawnSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
    };
    const missing = run({ MicrosoftAppId: '', PUBLIC_URL: '' });
    expect(missing.status).to.equal(1);
    expect(missing.stderr)
      .to.include('没有打包，有 2 处要改')
      .and.include('MicrosoftAppId')
      .and.not.match(/\n\s+at /);
    const done = run({
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: 'geheim',
      PUBLIC_URL: 'https://hotline.example.gov.cn',
    });
    expect(done.stderr).to.equal('');
    expect(done.stdout).to.include('已写好').and.include('1.2.3').and.not.include('geheim');
    const files = unzipSync(readFileSync('out/teams-app.zip'));
    expect(JSON.parse(text(files['manifest.json'])).version).to.equal('1.2.3');
  });
});
