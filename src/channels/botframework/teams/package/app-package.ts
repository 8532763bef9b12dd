/**
 * The app package that an administrator uploads to Teams: one zip with the manifest, the strings and the two icons. What is
 * missing for it is told all at once, and then nothing is written.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { type Problem, ProblemsFound } from '../../../../problems';
import type { TeamsWording } from '../wording';
import { type AppSettings, chineseStrings, ICONS, LANGUAGE_FILE, manifestOf } from './manifest';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;
const ICON_PIXELS = { color: 192, outline: 32 };
/** Of a zip entry, so that the same settings give the same bytes. */
const NO_MOMENT = new Date(1980, 0, 1);

export interface PackageParts {
  wording: TeamsWording;
  settings: { appId: string | undefined; publicUrl: string; version: string };
  iconsFolder: string;
}

/** Throws ProblemsFound with all that is missing. */
export function appPackage({ wording, settings, iconsFolder }: PackageParts): Uint8Array {
  const problems = settingProblems(settings);
  const icons = Object.fromEntries(
    Object.entries(ICONS).map(([kind, file]) => [
      file,
      readIcon(iconsFolder, file, kind === 'color' ? 'color' : 'outline', problems),
    ]),
  );
  if (problems.length > 0) throw new ProblemsFound(problems);
  const complete: AppSettings = { ...settings, appId: settings.appId ?? '' };
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  const files = {
    'manifest.json': json(manifestOf(wording, complete)),
    [LANGUAGE_FILE]: json(chineseStrings(wording)),
    ...icons,
  };
  return zipSync(files, { mtime: NO_MOMENT, level: 9 });
}

function settingProblems({ appId, publicUrl, version }: PackageParts['settings']): Problem[] {
  const told = (place: string, expected: string, found: string) => ({ file: '环境变量', place, expected, found });
  const problems: Problem[] = [];
  if (!appId) problems.push(told('MicrosoftAppId', 'Azure 机器人的应用编号（见 docs/teams.md）', '没有设置'));
  else if (!GUID.test(appId)) {
    problems.push(
      told('MicrosoftAppId', '形如 00000000-0000-0000-0000-000000000000 的编号', `“${appId.slice(0, 60)}”`),
    );
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' || hostname === 'localhost' || !hostname.includes('.')) {
    problems.push(told('PUBLIC_URL', 'https:// 开头、从外网能打开的网址', `“${publicUrl}”`));
  }
  if (!VERSION.test(version)) {
    problems.push({ file: '参数', place: '版本', expected: '形如 1.0.0 的版本号', found: `“${version.slice(0, 40)}”` });
  }
  return problems;
}

function readIcon(folder: string, file: string, kind: keyof typeof ICON_PIXELS, problems: Problem[]): Uint8Array {
  const path = join(folder, file);
  const pixels = ICON_PIXELS[kind];
  const expected = `${pixels}×${pixels} 的 PNG 图${kind === 'outline' ? '，透明底' : ''}`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    problems.push({ file: path, place: '', expected, found: `打不开的文件（${code}）` });
    return new Uint8Array();
  }
  const found = imageHead(bytes);
  if (!found) problems.push({ file: path, place: '', expected, found: '不是 PNG 的文件' });
  else if (found.width !== pixels || found.height !== pixels) {
    problems.push({ file: path, place: '', expected, found: `${found.width}×${found.height}` });
  } else if (kind === 'outline' && !found.hasAlpha)
    problems.push({ file: path, place: '', expected, found: '不透明的图' });
  return bytes;
}

/** The first piece of a PNG says its size and kinds of colour; 4 and 6 have an alpha channel. */
function imageHead(bytes: Buffer): { width: number; height: number; hasAlpha: boolean } | undefined {
  if (bytes.length < 26 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), hasAlpha: [4, 6].includes(bytes[25] ?? 0) };
}
