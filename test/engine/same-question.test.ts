/**
 * What doesn't change a question doesn't change its answer; what the report doesn't talk about does.
 *
 * Politeness, the report's own year, punctuation, full width, traditional script, the order of row and column, and synonyms
 * leave the cells that are answered as they are. A content word that isn't the report's (南京, 夜间, 宠物) never does.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { Converter } from 'opencc-js/cn2t';
import { parse } from 'yaml';
import { spellings } from '../../src/engine/lexicon/spellings';
import type { Cell } from '../../src/report/report';
import { ask, cellsAnswered, report, said, served, some } from './asking';
import { fitting, rowOf, shortTitle, type Wording, wordingsOf } from './wordings';

const SEED = 12345;
const RUNS = 400;

const toTraditional = Converter({ from: 'cn', to: 't' });

/** A question in pieces, so that words can be put between them. */
interface Question {
  cell: Cell;
  title: string;
  row: string;
  column: string;
}

const whole = report(served(), 'lianyungang-2024');
const questions: Question[] = whole.cells.map((cell) => ({
  cell,
  title: shortTitle(cell.table.title || cell.table.part.title),
  row: rowOf(cell),
  column: cell.column.path.map(({ label }) => label).join(''),
}));

const plainly = ({ title, row, column }: Question) => `${title}${row}${column}是多少`;
const anyQuestion = fc.constantFrom(...questions);

type Change = (question: string) => string;
const politeness: Change[] = [
  ...['请问', '您好，', '麻烦问一下，', '我想知道', '帮我查一下', '你好，请问一下'].map(
    (before) => (q: string) => before + q,
  ),
  ...['，谢谢', '啊', '呢', '，麻烦您了'].map((after) => (q: string) => q + after),
];
const year: Change[] = ['2024年', '2024年度', '二〇二四年', '24年', '在2024年，'].map((before) => (q) => before + q);
const punctuation: Change[] = [(q) => `${q}？`, (q) => `${q}?!`, (q) => `${q}。`, (q) => `“${q}”`, (q) => `  ${q}…… `];
const fullWidth: Change = (q) =>
  q.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000');

describe('the same question', () => {
  for (const { name, changes } of [
    { name: 'politely put', changes: politeness },
    { name: 'with the year before it', changes: year },
    { name: 'with other punctuation', changes: punctuation },
    { name: 'in full width', changes: [fullWidth] },
    { name: 'in traditional script', changes: [toTraditional] },
    { name: 'with all of that', changes: combined() },
  ]) {
    it(`${name}, is answered from the same cells`, () => {
      check(anyQuestion, fc.constantFrom(...changes), (question, change) => {
        const plain = plainly(question);
        expectSameCells(plain, change(plain));
      });
    });
  }

  it('with row and column in the other order is answered from the same cells', () => {
    check(anyQuestion, fc.constantFrom('', '的', '，'), ({ title, row, column }, between) => {
      expectSameCells(`${title}${row}${column}是多少`, `${title}${column}${row && between + row}是多少`);
    });
  });

  it('in other words is answered from the same cells, or asked back where they fit more', () => {
    // One wording fits what the other fits, as far as report and lexicon say: then the answers are the same as well.
    const anyTwo = anyQuestion.chain(({ cell }) => {
      const wordings = fc.constantFrom(...wordingsOf(cell).filter(({ text }) => !text.endsWith('是什么')));
      return fc.tuple(wordings, wordings);
    });
    check(anyTwo, fc.constant(undefined), ([one, other]) => {
      if (idsFitting(one) === idsFitting(other)) expectSameCells(one.text, other.text);
    });
  });
});

describe('the speed of a change', () => {
  // Of a time, 快 is little; of a rise or a fall, it's much.
  for (const [plain, others] of Object.entries({
    升幅最大: ['涨得最快', '增长最快', '上升最快', '增速最快'],
    升幅最小: ['涨得最慢', '增长最慢', '上升最慢'],
    降幅最大: ['降得最快', '下降最快'],
    降幅最小: ['降得最慢', '下降最慢'],
  })) {
    it(`${others.join('、')} ask for the ${plain}`, () => {
      const within = ['报告里', ...new Set(questions.map(({ title }) => `${title}里`))];
      const faults = within.flatMap((where) =>
        others.flatMap((other) => {
          const [one, same] = [ask(`${where}${plain}的是哪项`), ask(`${where}${other}的是哪项`)];
          return one.reply.text === same.reply.text ? [] : [`「${where}${other}的是哪项」 → ${said(same)}`];
        }),
      );
      expect(some(faults)).to.equal('');
    });
  }
});

const NOT_IN_THE_REPORT =
  '南京 夜间 宠物 火星 海鲜 足球 钢琴 地震 博物馆 恐龙 咖啡 滑雪 股票 春节 外卖 月球 大学生 农民工 儿童 男性 老年人 外籍 残疾人 周末 摩托车 台风'.split(
    ' ',
  );

describe('a word that is not in the report', () => {
  for (const word of NOT_IN_THE_REPORT) {
    it(`「${word}」 never gets a figure as if it had not been said`, () => {
      const put: ((q: Question) => string)[] = [
        (q) => word + plainly(q),
        ({ title, row, column }) => `${title}${row}${word}${column}是多少`,
        ({ title, row, column }) => `${title}${word}的${row}${column}是多少`,
        ({ title, row, column }) => `${title}${row}${column}中${word}的有多少`,
      ];
      const faults: string[] = [];
      for (const question of questions.filter((_, i) => i % 5 === 0)) {
        for (const asked of put.map((one) => one(question))) {
          const turn = ask(asked);
          const { kind } = turn.reply.answer;
          if (kind !== 'decline' && kind !== 'clarify') faults.push(`「${asked}」 → ${said(turn)}`);
        }
      }
      expect(some(faults)).to.equal('');
    });
  }
});

/** What people do ask a hotline about: matters, groups, ways and times that the report doesn't tell apart. */
const MATTERS =
  '垃圾分类 交通 建议 节日 高校 学生 医院 疫情 房屋 旅游 环保 拆迁 供水 噪声 教育 医疗 城管 住建 人社 环境 市场监管 商业 农业 渔业 港口 物流 暴雨 退役军人 妇女 青少年 老人 小学 中学 留学 外商 民营 女性 党员 干部 志愿者 律师 医生 教师 司机 快递员 网约车 高铁 机场 海洋 化工 核电 旅客 投诉 举报 表扬 微信 微博 抖音 邮件 短信 传真 信访 视频 英语 方言 手语 深夜 周一 春运 高考 开学'.split(
    ' ',
  );
/** Words of the lexicon that say by themselves that something else is meant. */
const TOPICS = parse(readFileSync('data/lexicon/topics.yaml', 'utf8')) as {
  话题: Record<string, (string | number)[]>;
  别处: string[];
};
const ASKING = parse(readFileSync('data/lexicon/asking.yaml', 'utf8')) as { 限定: string[] };
const ELSEWHERE = {
  限定: ASKING.限定,
  闲聊: TOPICS.话题['闲聊'] ?? [],
  办事: TOPICS.话题['办事'] ?? [],
  隐私: TOPICS.话题['隐私'] ?? [],
  别处: TOPICS.别处,
};

describe('words of another subject', () => {
  for (const [what, written] of Object.entries({ ...ELSEWHERE, 事项: MATTERS })) {
    const words = written.flatMap((word) => spellings(String(word)));
    it(`(${what}) never get a figure as if they had not been said`, () => {
      const faults = words.flatMap((word) =>
        [`${word}的诉求总量是多少`, `政风热线${word}满意率是多少`, `${word}平均等待时长`].flatMap((asked) => {
          const turn = ask(asked);
          return turn.reply.answer.kind === 'answer' ? [`「${asked}」 → ${said(turn)}`] : [];
        }),
      );
      expect(some(faults)).to.equal('');
    });
  }
});

function combined(): Change[] {
  const pick = <T>(list: T[], i: number) => list[i % list.length] as T;
  return Array.from({ length: 12 }, (_, i) => (q: string) => {
    const dressed = pick(punctuation, i)(pick(politeness, i)(pick(year, i + 1)(q)));
    return i % 2 === 0 ? toTraditional(dressed) : fullWidth(dressed);
  });
}

function check<A, B>(one: fc.Arbitrary<A>, other: fc.Arbitrary<B>, property: (a: A, b: B) => void): void {
  fc.assert(fc.property(one, other, property), { seed: SEED, numRuns: RUNS });
}

function expectSameCells(one: string, other: string): void {
  const [first, second] = [ask(one), ask(other)];
  const told = `「${one}」 → ${said(first)}\n「${other}」 → ${said(second)}`;
  expect(cellsAnswered(second), told).to.deep.equal(cellsAnswered(first));
}

function idsFitting(wording: Wording): string {
  return fitting(wording, whole)
    .map(({ id }) => id)
    .join(' ');
}
