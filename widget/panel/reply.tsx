/** A reply of the bot, drawn from its parts: figure and change, sentences, table, picture, source, entries. */
import { useState } from 'preact/hooks';
import type { Activity, ReplyParts } from './activity';
import { safeAddress } from './activity';

const GRADES: Record<string, string> = {
  原文: '报告里印着的数据',
  计算: '由报告里的数据算出',
  推算: '按印出的同比推算',
  未公布: '报告里这一栏没有公布',
  未涉及: '报告没有涉及',
};

export function Reply({ activity, isLast }: { activity: Activity; isLast: boolean }) {
  const { answer, reply } = activity.channelData ?? {};
  if (!reply) return <Words text={activity.text ?? ''} />;
  const { headline, sentences, table, sources, chart, chartUrl } = reply;
  // What an entry explains has no place in the report, and is none of its figures.
  const grade = answer?.kind === 'answer' && sources.length === 0 ? undefined : answer?.grade;
  return (
    <>
      {headline && <Headline {...headline} />}
      {sentences.map((sentence) => (
        <Words key={sentence} text={sentence} />
      ))}
      {table && <Table {...table} />}
      {chart && chartUrl && <Chart alt={chart.alt} url={chartUrl} />}
      {/* The last message's options stand below as buttons. */}
      {!isLast && answer && answer.options.length > 0 && (
        <ol class="options">
          {answer.options.map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ol>
      )}
      {grade && GRADES[grade] && <Grade grade={grade} />}
      {sources.map(({ line, url }) => (
        <p class="source" key={line}>
          <Link url={url} text={line} />
        </p>
      ))}
      {answer && answer.entries.length > 0 && (
        <p class="entries">
          <span>百科：</span>
          {answer.entries.map(({ title, url }) => (
            <Link key={url} url={url} text={title} />
          ))}
        </p>
      )}
    </>
  );
}

function Grade({ grade }: { grade: string }) {
  return (
    <p class="grade">
      <span class={`badge g${Object.keys(GRADES).indexOf(grade)}`}>{grade}</span> {GRADES[grade]}
    </p>
  );
}

function Headline({ figure, change, label }: NonNullable<ReplyParts['headline']>) {
  return (
    <p class="headline">
      <span class="label">{label}</span>
      <strong>{figure}</strong>
      {change && <span class="change">{change}</span>}
    </p>
  );
}

function Words({ text }: { text: string }) {
  return <p class="words">{text}</p>;
}

function Link({ url, text }: { url: string; text: string }) {
  const address = safeAddress(url);
  if (!address) return <span>{text}</span>;
  return (
    <a href={address} target="_blank" rel="noopener">
      {text}
      <span class="unseen">（在新窗口打开）</span>
    </a>
  );
}

function Table({ head, rows }: NonNullable<ReplyParts['table']>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label="表格">
      <table>
        {head.some(Boolean) && (
          <thead>
            <tr>
              {head.map((cell, place) => (
                <th key={place} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place}>{tied(besides(head[place], cell))}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A cell doesn't say again what its column is called: 「同比」 over 「同比上升 16.67%（↑）」. A narrow screen needs the room. */
function besides(head = '', cell: string): string {
  return head && cell !== head && cell.startsWith(head) ? cell.slice(head.length) : cell;
}

/** Keeps a number with its unit, and an arrow with its figure; a narrow cell breaks elsewhere. */
function tied(cell: string): string {
  return cell.replace(/^([\d,.]+) (\S+)$/, '$1\u00a0$2').replace(/%（/g, '%\u2060（');
}

/**
 * The picture of a comparison, drawn by the service: its own address below this page, whatever the public one is. What
 * can't be loaded leaves no hole; the figures stand in the words and the table.
 */
function Chart({ alt, url }: { alt: string; url: string }) {
  const [isMissing, setMissing] = useState(false);
  const [, name] = /\/(charts\/[\w.-]+)\.png$/.exec(url) ?? [];
  if (!name || isMissing) return null;
  return (
    <picture class="chart">
      <source srcset={`${name}.dark.svg`} media="(prefers-color-scheme: dark)" />
      <img src={`${name}.svg`} alt={alt} decoding="async" onError={() => setMissing(true)} />
    </picture>
  );
}
