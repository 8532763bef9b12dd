/**
 * The run as one page that needs nothing else: what failed first, each conversation as it went with what was expected beside
 * what was got, what changed since the last run, and the report's own tables coloured by how often a cell is asked for.
 *
 * Everything put in is escaped by the html tag; the page can be searched, sent by mail, and printed.
 */
import { type Problem, problemLine } from '../../problems';
import { type Html, html, trustedHtml } from '../../server/pages/html';
import { KIND_NAMES } from '../check/check-turn';
import { type Coverage, shareCovered } from '../check/coverage';
import type { Outcome, ScriptOutcome } from '../run-scripts';
import { FIELDS, type Field } from '../script/script';
import type { Change } from './compare';
import { type Anchors, heatMap } from './heat-map';
import { reportCss, reportScript } from './html-assets';
import { type Results, sayQuestion } from './results';

export interface HtmlParts {
  title: string;
  day: string;
  results: Results;
  scripts: ScriptOutcome[];
  coverages: Coverage[];
  problems: Problem[];
  changes: Change[] | undefined;
  publicUrl: string;
}

export function htmlReport({
  title,
  day,
  results,
  scripts,
  coverages,
  problems,
  changes,
  publicUrl,
}: HtmlParts): string {
  const anchors = anchorsOf(scripts);
  const conversations = scripts.flatMap(({ outcomes }) => conversationsIn(outcomes));
  const failed = conversations.filter((turns) => turns.some(({ passed }) => !passed));
  const passed = conversations.filter((turns) => turns.every((turn) => turn.passed));
  const verdict =
    results.failed === 0 && problems.length === 0 ? '全部通过' : `${results.failed + problems.length} 处没通过`;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${verdict} · ${title}</title>
<style>${trustedHtml(reportCss)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="faint">检查日期 ${day}，按${ROAD_NAMES[results.road] ?? results.road}的样子</p>
<ul class="numbers">
<li class="${results.failed > 0 && 'bad'}"><strong>${results.rows.length}</strong> 条问话</li>
<li><strong>${results.passed}</strong> 条通过</li>
<li class="${results.failed > 0 && 'bad'}"><strong>${results.failed}</strong> 条没通过</li>
${problems.length > 0 && html`<li class="bad"><strong>${problems.length}</strong> 处读不了</li>`}
${coverages.map((coverage) => html`<li><strong>${shareCovered(coverage)}</strong> 覆盖率（${coverage.report.year} 年报告 ${coverage.report.cells.length} 格）</li>`)}
</ul>
<nav aria-label="目录"><ul>
${failed.length > 0 && html`<li><a href="#failed">没通过的对话</a></li>`}
${changes && html`<li><a href="#changes">与上一次比</a></li>`}
<li><a href="#coverage">覆盖情况</a></li>
<li><a href="#passed">通过的对话</a></li>
</ul></nav>
</header>
<main>
<form role="search" class="search"><label for="find">查找</label><input id="find" type="search" placeholder="问题、答复、编号、出处"><label><input id="only-failed" type="checkbox"> 只看没通过的</label> <output id="found" for="find only-failed"></output></form>
${problems.length > 0 && html`<section id="problems"><h2>读不了的 ${problems.length} 处</h2><ul>${problems.map((one) => html`<li>${problemLine(one)}</li>`)}</ul></section>`}
${failed.length > 0 && html`<section id="failed"><h2>没通过的 ${failed.length} 段对话</h2>${failed.map((turns) => conversation(turns, anchors, true))}</section>`}
${changes && changesSection(changes)}
<section id="coverage"><h2>覆盖情况</h2>${coverages.map((coverage) => heatMap(coverage, anchors, publicUrl))}</section>
<section id="passed"><h2>通过的 ${passed.length} 段对话</h2>
<p class="faint only-paper">纸上只列题目。要连对话一起印，先在屏幕上点开，再打印。</p>${passed.map((turns) => conversation(turns, anchors, false))}</section>
</main>
<script>${trustedHtml(reportScript)}</script>
</body>
</html>
`.text;
}

function anchorsOf(scripts: ScriptOutcome[]): Anchors {
  return new Map(scripts.flatMap(({ outcomes }) => outcomes).map((outcome, index) => [outcome, `turn-${index + 1}`]));
}

function conversationsIn(outcomes: Outcome[]): Outcome[][] {
  const groups: Outcome[][] = [];
  for (const outcome of outcomes) {
    const last = groups.at(-1);
    if (last?.[0]?.conversation === outcome.conversation) last.push(outcome);
    else groups.push([outcome]);
  }
  return groups;
}

function conversation(turns: Outcome[], anchors: Anchors, isOpen: boolean): Html {
  const [first] = turns;
  if (!first) return html``;
  const failures = turns.filter(({ passed }) => !passed).length;
  const name = first.conversation === first.turn.id ? sayQuestion(first.turn) : first.conversation;
  const places = turns.length === 1 ? first.turn.place.row : `${first.turn.place.row}起 ${turns.length} 轮`;
  const at = [first.turn.place.file, first.turn.place.sheet, places].filter(Boolean).join(' ');
  return html`<details class="conversation${failures > 0 && ' failed'}"${isOpen && html` open`}>
<summary><span class="verdict">${failures > 0 ? `✗ ${failures} 条没通过` : '✓ 通过'}</span> <span class="name">${name}</span> <span class="faint">${at}</span></summary>
${turns.map((outcome) => turnBlock(outcome, anchors))}
</details>`;
}

function turnBlock(outcome: Outcome, anchors: Anchors): Html {
  const { turn, text, buttons, passed, answer } = outcome;
  const sources = (answer?.provenance ?? []).slice(0, 6);
  const { 备注: remark } = turn.written;
  return html`<article class="turn${!passed && ' failed'}" id="${anchors.get(outcome)}">
<h3><span class="faint">${turn.id}</span> ${sayQuestion(turn)}</h3>
<div class="sides">
<div class="said"><p class="person">${sayQuestion(turn)}</p><div class="bot">${text}${buttons.length > 0 && html`<p class="buttons">${buttons.map((button) => html`<span>${button}</span> `)}</p>`}</div>
${sources.length > 0 && html`<p class="sources">看原表：${sources.map(({ url, row, column, table }) => html`<a href="${url}">${[table, row, column].filter(Boolean).join(' › ')}</a> `)}</p>`}</div>
<table><caption class="unseen">${turn.id} 的期望与实际</caption><thead><tr><th scope="col">检查</th><th scope="col">期望</th><th scope="col">实际</th></tr></thead><tbody>${fieldRows(outcome)}</tbody></table>
</div>
${remark && html`<p class="faint">备注：${remark}</p>`}
</article>`;
}

const ROAD_NAMES: Record<string, string> = { direct: '网页对话', teams: 'Teams', wecom: '企业微信' };
const NOT_CHECKED: readonly Field[] = ['编号', '对话', '问题', '渠道', '备注'];

/** What the script expects, field by field, with what was got; then what nobody asked for and is wrong. */
function fieldRows({ turn, faults, answer }: Outcome): Html[] {
  const written = FIELDS.filter((field) => !NOT_CHECKED.includes(field) && turn.written[field]);
  const rows = written.map((field) => {
    const own = faults.filter((fault) => fault.field === field);
    const got = own.length > 0 ? own.map((fault) => fault.got).join('；') : '相符';
    return row(field, turn.written[field] ?? '', got, own.length > 0);
  });
  const others = faults.filter(({ field }) => field === '文字' || !written.includes(field));
  const kind = answer && !turn.written.应答方式 ? [row('应答方式', '', KIND_NAMES[answer.kind], false)] : [];
  return [...rows, ...others.map(({ field, expected, got }) => row(field, expected, got, true)), ...kind];
}

function row(field: string, expected: string, got: string, isWrong: boolean): Html {
  return html`<tr class="${isWrong && 'wrong'}"><th scope="row">${field}</th><td>${expected}</td><td>${isWrong && '✗ '}${got}</td></tr>`;
}

function changesSection(changes: Change[]): Html {
  if (changes.length === 0) return html`<section id="changes"><h2>与上一次比</h2><p>没有变化。</p></section>`;
  return html`<section id="changes"><h2>与上一次比，有 ${changes.length} 处变化</h2>
<div class="scroll" tabindex="0" role="region" aria-label="与上一次比的变化"><table class="changes"><thead><tr><th scope="col">变化</th><th scope="col">编号</th><th scope="col">问题</th><th scope="col">上一次</th><th scope="col">这一次</th></tr></thead>
<tbody>${changes.map(({ kind, id, question, before, now }) => html`<tr><th scope="row">${kind}</th><td>${id}</td><td>${question}</td><td>${before}</td><td>${now}</td></tr>`)}</tbody></table></div></section>`;
}
