/**
 * A report of another city and year, with other services, rows and units: it answers beside the served one, and alone, with
 * no change of code. Year and place choose between them; a question that names neither is answered from the newest.
 */
import { expect } from 'chai';
import { ask, besideEachOther, report, said, syntheticAlone } from './asking';

interface Expected {
  question: string;
  /** The one cell that is stated. */
  cell?: string;
  grade: '原文' | '计算' | '推算' | '未公布' | '未涉及';
  /** Stands in the reply. */
  says?: string[];
  saysNot?: string[];
}

const BESIDE: Expected[] = [
  {
    question: '临江受理工单多少',
    cell: 'linjiang-2023/tickets/all/accepted',
    grade: '原文',
    says: ['11,190', '2023年'],
  },
  { question: '2023年受理工单有多少', cell: 'linjiang-2023/tickets/all/accepted', grade: '原文' },
  {
    question: '临江市2023年夜间来电同比',
    cell: 'linjiang-2023/night-line/all/calls',
    grade: '原文',
    says: ['8.7%', '上升'],
  },
  { question: '临江表扬工单办结率', cell: 'linjiang-2023/tickets/thanks/closing-rate', grade: '未公布' },
  { question: '临江夜间专线运行评级', cell: 'linjiang-2023/night-line/all/state', grade: '原文', says: ['良好'] },
  { question: '连云港2024年诉求总量', cell: 'lianyungang-2024/requests/all/total', grade: '原文', says: ['1,393,747'] },
  { question: '连云港企业诉求总量', cell: 'lianyungang-2024/requests/business/total', grade: '原文', says: ['49,722'] },
  { question: '连云港2023年诉求总量', grade: '推算', says: ['129.5'] },
  { question: '2022年临江咨询工单受理工单', grade: '推算', says: ['7,218'] },
  // Where no report of the year has it, the one that compares with that year can tell.
  { question: '2023年诉求总量是多少', grade: '推算', says: ['129.5'] },
  // What one city's report has, another's may not.
  { question: '临江政风热线满意率', grade: '未涉及', saysNot: ['99.11'] },
  { question: '临江诉求总量', grade: '未涉及', saysNot: ['1,393,747'] },
  { question: '连云港受理工单', grade: '未涉及', saysNot: ['11,190'] },
  { question: '临江2024年受理工单', grade: '未涉及', says: ['没有收录|未收录|没有这一年'] },
  { question: '临江2021年受理工单', grade: '未涉及' },
];

const ALONE: Expected[] = [
  { question: '受理工单', cell: 'linjiang-2023/tickets/all/accepted', grade: '原文', says: ['11,190 单'] },
  { question: '求助工单加急的有多少', grade: '计算|原文' as '计算', says: ['504'] },
  { question: '夜间来电同比', cell: 'linjiang-2023/night-line/all/calls', grade: '原文', says: ['8.7%'] },
  {
    question: '城东片区上传照片多少张',
    cell: 'linjiang-2023/snapshots/east/photos',
    grade: '原文',
    says: ['1,500 张'],
  },
  { question: '港口片区上传照片', cell: 'linjiang-2023/snapshots/harbour/photos', grade: '未公布' },
  { question: '咨询工单占受理工单的比例', grade: '计算', says: ['72.56|72.57'] },
  { question: '加急占受理工单的比例', grade: '计算', says: ['5.58'] },
  { question: '2024年受理工单', grade: '未涉及' },
  { question: '2022年咨询工单受理工单', grade: '推算', says: ['7,218'] },
  { question: '连云港受理工单多少', grade: '未涉及', saysNot: ['^11,190'] },
  { question: '政风热线满意率', grade: '未涉及', saysNot: ['99.11'] },
];

describe('two reports beside each other', () => {
  answersAsExpected(BESIDE, besideEachOther);

  it('answer a question that names neither year nor place from the newest, and say so', () => {
    const turn = ask('诉求总量是多少', besideEachOther());
    expect(turn.reply.answer.figures[0]?.cell).to.equal('lianyungang-2024/requests/all/total');
    expect(turn.reply.text, said(turn)).to.match(/最近一份|最新/);
  });

  it('keep to the report of the last answer in a follow-up', () => {
    const first = ask('临江咨询工单受理工单多少', besideEachOther());
    const then = ask('求助工单呢', besideEachOther(), first.focus);
    expect(then.reply.answer.figures[0]?.cell, said(then)).to.equal('linjiang-2023/tickets/help/accepted');
  });

  it('answer each of their figures as they do alone', () => {
    const faults = report(besideEachOther(), 'lianyungang-2024').cells.flatMap((cell) => {
      const path = [cell.table.title, cell.row.label, ...cell.column.path.map(({ label }) => label)].join('');
      const turn = ask(`连云港2024年${path}是多少`, besideEachOther());
      const others = turn.reply.answer.figures.filter(
        (one) => !one.cell?.startsWith('lianyungang-2024/') && one.cell !== null,
      );
      return others.length > 0 ? [`${cell.id}: ${said(turn)}`] : [];
    });
    expect(faults).to.deep.equal([]);
  });
});

describe('the second report alone', () => {
  answersAsExpected(ALONE, syntheticAlone);

  it('names no service of the first, whatever is asked for', () => {
    const replies = ['帮助', '同比下降的指标有哪些', '概括一下', '满意率最高的是哪项'].map((question) =>
      ask(question, syntheticAlone()),
    );
    for (const turn of replies) expect(turn.reply.text, said(turn)).not.to.match(/1,393,747|99\.11|lianyungang-2024/);
  });
});

function answersAsExpected(expectations: Expected[], load: typeof besideEachOther): void {
  for (const { question, cell, grade, says = [], saysNot = [] } of expectations) {
    it(`answer 「${question}」: ${[grade, cell, ...says].filter(Boolean).join(', ')}`, () => {
      const turn = ask(question, load());
      const { answer, text } = turn.reply;
      expect(answer.grade, said(turn)).to.match(new RegExp(`^(${grade})$`));
      if (cell)
        expect(
          answer.figures.map((one) => one.cell),
          said(turn),
        ).to.deep.equal([cell]);
      for (const one of says) expect(text).to.match(new RegExp(one));
      for (const one of saysNot) expect(text).not.to.match(new RegExp(one));
    });
  }
}
