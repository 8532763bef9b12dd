/**
 * `npm run teams:package`: writes the app package for the Teams administrator.
 *
 *     npm run teams:package                       → out/teams-app.zip
 *     npm run teams:package -- --version 1.1.0    Teams takes an update only with a higher version
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../../../config';
import { faultForStarter } from '../../../../fault';
import { ProblemsFound, problemLine } from '../../../../problems';
import { loadTeamsWording } from '../wording';
import { appPackage } from './app-package';

const PACKAGE = join('out', 'teams-app.zip');
const ICONS_FOLDER = join('assets', 'teams');

function main(args: string[]): number {
  const { values } = parseArgs({ args, options: { version: { type: 'string' } }, strict: false });
  const { microsoftApp, publicUrl, folders } = readConfig();
  const wording = loadTeamsWording(folders.dialogs);
  const given = values['version'];
  const version = typeof given === 'string' ? given : ownVersion();
  const bytes = appPackage({
    wording,
    settings: { appId: microsoftApp?.id, publicUrl, version },
    iconsFolder: ICONS_FOLDER,
  });
  mkdirSync(dirname(PACKAGE), { recursive: true });
  writeFileSync(PACKAGE, bytes);
  console.log(`已写好 ${PACKAGE}（版本 ${version}，${bytes.length} 字节）。上传办法见 docs/teams.md。`);
  if (!wording.app.privacyUrl || !wording.app.termsUrl) {
    console.log(
      '提醒：dialogs/teams.yaml 里没有写 privacyUrl 或 termsUrl，暂用本服务的首页；正式上架前请换成隐私说明和使用条款的网址。',
    );
  }
  return 0;
}

function ownVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  return version;
}

function told(error: unknown): string {
  if (!(error instanceof ProblemsFound)) return faultForStarter(error);
  const lines = error.problems.map((problem) => `  - ${problemLine(problem)}`);
  return [`没有打包，有 ${error.problems.length} 处要改：`, ...lines].join('\n');
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(told(error));
  process.exitCode = 1;
}
