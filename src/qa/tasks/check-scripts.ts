/** `npm run qa`: reads the scripts, runs them, says what came of it, writes it down. True when everything passed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Config } from '../../config';
import type { CheckOptions } from '../arguments';
import { coverageOf } from '../check/coverage';
import { changesSince } from '../output/compare';
import { htmlReport } from '../output/html-report';
import { junitXml } from '../output/junit';
import { progressBar } from '../output/progress-bar';
import { readResults, resultsOf } from '../output/results';
import { terminalSummary } from '../output/terminal-summary';
import { writeResults } from '../output/workbook';
import { directLineRoad } from '../roads/direct-line-road';
import { inProcessRoad, wecomRoad } from '../roads/in-process-road';
import { messagesRoad, ownMessagesRoad } from '../roads/messages-road';
import type { Road } from '../roads/road';
import { runScripts } from '../run-scripts';
import { readScripts } from '../script/read-scripts';
import type { Conversation } from '../script/script';
import { loadService, type Service, scriptsFolder } from '../service';

export const DEFAULT_OUT = join('out', 'qa');

export async function checkScripts(options: CheckOptions, { folders, publicUrl }: Config): Promise<boolean> {
  // Read before anything is written: the last results may be those that this run replaces.
  const last = options.compare === undefined ? undefined : readResults(options.compare);
  const service = loadService(folders, publicUrl, options.today);
  const { scripts, problems } = readScripts(options.files.length > 0 ? options.files : [scriptsFolder(folders)]);
  const isWanted = wantedBy(options);
  const count = scripts
    .flatMap(({ file, conversations }) => conversations.filter((one) => isWanted(one, file)))
    .reduce((sum, { turns }) => sum + turns.length, 0);

  const bar = progressBar(count, process.stderr);
  const road = await roadOf(options, service);
  const { library } = service.knowledge;
  const outcomes = await runScripts(scripts, {
    road,
    isWanted,
    findCell: (id) => library.cell(id),
    sideBySide: options.target ? 8 : 1,
    onTurn: ({ passed }) => bar.step(passed),
  }).finally(() => road.close());
  bar.end();

  const coverages = library.reports.map((report) =>
    coverageOf(
      report,
      outcomes.flatMap((script) => script.outcomes),
    ),
  );
  const results = resultsOf(options.channel, outcomes, coverages);
  const changes = last && changesSince(last, results);
  const isPart = options.files.length > 0 || options.filter !== undefined;
  console.log(terminalSummary({ results, coverages, problems, changes, isPart }));
  if (count === 0 && options.filter) console.log(`没有哪一条的编号、对话、问题、文件名里有“${options.filter}”。`);

  const out = options.out ?? DEFAULT_OUT;
  mkdirSync(out, { recursive: true });
  const title = `${service.knowledge.wording.names.site} · 脚本检查`;
  const page = htmlReport({
    title,
    day: service.today(),
    results,
    scripts: outcomes,
    coverages,
    problems,
    changes,
    publicUrl,
  });
  writeFileSync(join(out, 'report.html'), page);
  writeFileSync(join(out, 'junit.xml'), junitXml(results, problems));
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  await writeResults(join(out, 'results.xlsx'), outcomes);
  console.log(
    `\n网页报告：${relative(process.cwd(), join(out, 'report.html'))}（同一文件夹里有 results.xlsx、junit.xml、results.json）`,
  );
  return results.failed === 0 && problems.length === 0 && results.rows.length > 0;
}

export async function roadOf({ target, secret, channel }: CheckOptions, service: Service): Promise<Road> {
  if (target) return channel === 'teams' ? messagesRoad(target) : directLineRoad(target, secret);
  switch (channel) {
    case 'direct':
      return inProcessRoad(service);
    case 'teams':
      return ownMessagesRoad(service);
    case 'wecom':
      return wecomRoad(service, service.wecomWording);
  }
}

/** Of this channel, and with the words of the filter in its name, file or one of its turns. */
export function wantedBy({ channel, filter }: Pick<CheckOptions, 'channel' | 'filter'>) {
  return ({ name, roads, turns }: Conversation, file: string): boolean => {
    if (roads.length > 0 && !roads.includes(channel)) return false;
    if (filter === undefined) return true;
    return [file, name, ...turns.flatMap(({ id, question }) => [id, question])].some((text) => text.includes(filter));
  };
}
