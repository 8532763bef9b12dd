/** Sheets as the office programs save them: read rightly, or refused with words that help. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemLine } from '../../src/problems';
import { writeScript } from '../../src/qa/output/workbook';
import { readScripts } from '../../src/qa/script/read-scripts';
import type { Turn } from '../../src/qa/script/script';
import { number, row, text, type WorkbookParts, workbook } from './workbooks';

const HEADER = ['编号', '对话', '问题', '期望值', '单位', '同比', '方向'];
const header = (at = 1) => row(at, ...HEADER.map((name, index) => text(`${'ABCDEFG'[index]}${at}`, name)));

describe('a sheet of questions', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sheets-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function read(name: string, content: Uint8Array | string) {
    const path = join(folder, name);
    writeFileSync(path, content);
    const { scripts, problems } = readScripts([path]);
    const conversations = scripts.flatMap((script) => script.conversations);
    return {
      conversations,
      turns: conversations.flatMap(({ turns }) => turns),
      problems: problems.map((problem) => problemLine(problem).replace(/^\S*sheets-\w+\//, '')),
    };
  }
  const readBook = (parts: WorkbookParts) => read('book.xlsx', workbook(parts));
  const written = (turns: Turn[]) => turns.map((turn) => turn.written);
  const one = (...cells: string[]) => readBook({ sheets: [{ name: 'Sheet1', data: header() + row(2, ...cells) }] });

  describe('from Excel', () => {
    it('has shared strings, some in pieces of different fonts, some with a reading above', () => {
      const { turns, problems } = readBook({
        sheets: [
          { name: 'Sheet1', data: `${header()}${row(2, '<c r="C2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c>')}` },
        ],
        shared: [
          '<r><t>平均等</t></r><r><rPr><b/></rPr><t xml:space="preserve">待时长</t></r><rPh sb="0" eb="1"><t>ping</t></rPh>',
          '<t>3.22</t>',
        ],
      });
      expect(problems).to.deep.equal([]);
      expect(written(turns)).to.deep.equal([{ 问题: '平均等待时长', 期望值: '3.22' }]);
    });

    it('has numbers as numbers, and numbers as text with a quote before them', () => {
      for (const cell of [
        number('D2', '1393747'),
        text('D2', '1,393,747'),
        text('D2', '１３９３７４７'),
        text('D2', ' 139.3747万 '),
      ]) {
        const { turns } = one(text('C2', '诉求总量'), cell);
        const [value] = turns[0]?.expected.values ?? [];
        expect(value?.kind === 'number' && value.low.valueOf(), cell).to.equal(1393747);
      }
    });

    it('shows 0.9911 as 99.11% where the cell is a percentage, built in or of one’s own', () => {
      for (const style of [1, 2]) {
        for (const stored of ['0.9911', '0.99109999999999998', '9.911E-1']) {
          expect(written(one(text('C2', '满意率'), number('D2', stored, style)).turns)[0]?.期望值).to.equal('99.11%');
        }
      }
      expect(written(one(text('C2', '同比'), number('F2', '7.6200000000000004E-2', 1)).turns)[0]?.同比).to.equal(
        '7.62%',
      );
    });

    it('keeps letters in quotes in a format of one’s own from making a date of a number', () => {
      expect(written(one(text('C2', '总量'), number('D2', '1393747', 5)).turns)[0]?.期望值).to.equal('1393747');
    });

    it('shows a date as a date, and tells where one stands for a number', () => {
      expect(written(one(number('A2', '46350', 3), text('C2', '总量'), number('D2', '1')).turns)[0]?.编号).to.equal(
        '2026-11-24',
      );
      const { turns, problems } = one(text('C2', '总量'), number('D2', '46350', 3));
      expect(turns).to.have.length(0);
      expect(problems[0]).to.match(/^book\.xlsx：第 2 行 \/ 期望值：应为文字或数，实为日期 2026-11-24（.*改成“文本”/);
    });

    it('tells a formula that failed, and takes the value of one that didn’t', () => {
      const { problems } = one(text('C2', '总量'), '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>');
      expect(problems[0]).to.include('第 2 行 / 期望值').and.include('公式出错（#DIV/0!）');
      expect(written(one(text('C2', '总量'), '<c r="D2"><f>2*3</f><v>6</v></c>').turns)[0]?.期望值).to.equal('6');
    });

    it('has a title above the header, and an empty row below', () => {
      const { turns, problems } = readBook({
        sheets: [
          {
            name: 'Sheet1',
            data:
              row(1, text('A1', '2024 年检查用问题')) +
              header(3) +
              row(5, text('C5', '诉求总量'), number('D5', '1393747')),
            behind: '<mergeCells count="1"><mergeCell ref="A1:G1"/></mergeCells>',
          },
        ],
      });
      expect(problems).to.deep.equal([]);
      expect(turns[0]?.place.row).to.equal('第 5 行');
    });

    it('merges 对话 over its turns', () => {
      const { conversations } = readBook({
        sheets: [
          {
            name: 'Sheet1',
            data:
              header() +
              row(2, text('B2', '接着问'), text('C2', '诉求总量'), number('D2', '1393747')) +
              row(3, text('C3', '其中企业'), number('D3', '49722')) +
              row(4, text('C4', '满意率'), text('D4', '99.11%')),
            behind: '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
          },
        ],
      });
      expect(conversations.map(({ turns }) => turns.length)).to.deep.equal([2, 1]);
    });

    it('saves CSV in GBK', () => {
      // 问题,期望值 / 诉求总量,1393747
      const gbk = Buffer.from(
        'cecaccf22cc6dacdfbd6b50d0acbdfc7f3d7dcc1bf2c313339333734370d0a'.replace('ccf2', 'cce2'),
        'hex',
      );
      expect(written(read('gbk.csv', gbk).turns)).to.deep.equal([{ 问题: '诉求总量', 期望值: '1393747' }]);
    });

    it('saves CSV with a mark, with tabs in UTF-16, and with semicolons', () => {
      const lines = '问题,期望值,备注\r\n诉求总量,"1,393,747","分两行\r\n写的"\r\n';
      const tabs = lines.replace('"1,393,747"', '1393747').replace(/,/g, '\t');
      const files = {
        'mark.csv': `\uFEFF${lines}`,
        'utf16.txt': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(tabs, 'utf16le')]),
        'semicolons.csv': lines.replace(/,(?!\d)/g, ';'),
      };
      for (const [name, content] of Object.entries(files)) {
        const { turns, problems } = read(name, content);
        expect(problems, name).to.deep.equal([]);
        expect(turns[0]?.expected.values[0], name).to.include({ kind: 'number' });
        expect(turns[0]?.written.备注, name).to.match(/^分两行\s+写的$/);
      }
    });

    it('turns long numbers into 1.39E+06, which is told', () => {
      expect(read('e.csv', '问题,期望值\n诉求总量,1.39E+06\n').problems[0]).to.match(/第 2 行 \/ 期望值：.*科学计数法/);
    });

    it('leaves ~$ files beside an open workbook, which are passed over', () => {
      const open = mkdtempSync(join(folder, 'open-'));
      writeFileSync(join(open, '~$book.xlsx'), 'x');
      writeFileSync(join(open, 'a.csv'), '问题,期望值\n诉求总量,1393747\n');
      expect(readScripts([open]).scripts.map(({ file }) => file.split('/').at(-1))).to.deep.equal(['a.csv']);
    });
  });

  describe('from WPS', () => {
    it('has absolute addresses of its parts and prefixed names', () => {
      const sheets = [{ name: '问题', data: header() + row(2, text('C2', '诉求总量'), number('D2', '1393747')) }];
      for (const parts of [
        { sheets, isAbsolute: true },
        { sheets, prefix: 'x' },
      ]) {
        expect(written(readBook(parts).turns)).to.deep.equal([{ 问题: '诉求总量', 期望值: '1393747' }]);
      }
    });

    it('has rows and cells without their numbers', () => {
      const cells = (...words: string[]) =>
        `<row>${words.map((word) => `<c t="inlineStr"><is><t>${word}</t></is></c>`).join('')}</row>`;
      const { turns } = readBook({
        sheets: [{ name: 's', data: cells('问题', '期望值') + cells('诉求总量', '1393747') }],
      });
      expect(turns[0]?.place.row).to.equal('第 2 行');
    });
  });

  it('from LibreOffice has its percentages, thousands and texts', () => {
    const { scripts, problems } = readScripts(['test/fixtures/qa/libreoffice.xlsx']);
    expect(problems).to.deep.equal([]);
    const turns = scripts.flatMap(({ conversations }) => conversations.flatMap((one) => one.turns));
    expect(turns.map((turn) => [turn.id, turn.written.期望值, turn.written.同比])).to.deep.equal([
      ['L1', '99.11%', '4.3%'],
      ['L2', '1393747', '7.62%'],
      ['L3', '3.22', '46.33%'],
      ['1-2', '30', '16.67%'],
    ]);
  });

  it('that was written here is read as it was written', async () => {
    const rows = [{ 编号: '1-2', 问题: '$100 (50%) 是什么', 期望值: '20.00%', 不应出现: '=1+1\n$&' }];
    const path = join(folder, 'own.xlsx');
    await writeScript(path, rows);
    expect(written(readScripts([path]).scripts[0]?.conversations.flatMap(({ turns }) => turns) ?? [])).to.deep.equal(
      rows,
    );
  });

  it('takes signs for what they are: $ % ( ) never mean anything', () => {
    const { turns } = read('signs.csv', '问题,应出现,不应出现\n费用$1(含)50%?,$&(a|b)*,.*\n');
    expect(turns[0]?.expected).to.deep.include({ holds: ['$&(a|b)*'], holdsNot: ['.*'] });
  });

  it('may have several sheets, one of them of remarks', () => {
    const data = header() + row(2, text('C2', '诉求总量'), number('D2', '1'));
    const { turns, problems } = readBook({
      sheets: [
        { name: '说明', data: row(1, text('A1', '怎么填')) },
        { name: '一', data },
        { name: '二', data },
      ],
    });
    expect(problems).to.deep.equal([]);
    expect(turns.map(({ place }) => place.sheet)).to.deep.equal(['一', '二']);
  });

  describe('that can’t be read', () => {
    const REFUSED: [string, string, Uint8Array | string, RegExp][] = [
      [
        'an old workbook, or one with a password',
        'old.xls.xlsx',
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
        /旧版 \.xls 或加了密码的表格（请另存为不带密码的 \.xlsx）/,
      ],
      [
        'half a workbook',
        'half.xlsx',
        workbook({ sheets: [{ name: 's', data: header() }] }).slice(0, 200),
        /能打开的 \.xlsx 文件/,
      ],
      [
        'a workbook called CSV',
        'book.csv',
        workbook({ sheets: [{ name: 's', data: header() }] }),
        /文件名结尾请改为 \.xlsx/,
      ],
      ['a picture', 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xff]), /UTF-8 或 GBK/],
      ['another kind of file', 'questions.ods', 'x', /请另存为 \.xlsx/],
      [
        'a sheet without a header',
        'bare.csv',
        '诉求总量,1393747\n',
        /表头：应为一行表头，至少有“问题”.*最上面一行是“诉求总量”、“1393747”/,
      ],
      ['an empty file', 'empty.csv', '', /表头：.*空表/],
      ['a sheet without questions', 'noquestion.csv', '编号,期望值\n1,2\n', /至少有“问题”/],
      [
        'a column with a name that nobody knows',
        'column.csv',
        '问题,不应出線\n总量,1\n',
        /第 1 行 \/ 表头：应为编号、.*实为“不应出線”/,
      ],
      ['a column twice', 'twice.csv', '问题,期望值,期望\n总量,1,2\n', /出现了两次/],
    ];
    for (const [what, name, content, told] of REFUSED) {
      it(`is refused with a hint: ${what}`, () => {
        expect(read(name, content).problems.join('\n')).to.match(told);
      });
    }

    it('is told row by row, and the rest is there', () => {
      const { turns, problems } = read(
        'rows.csv',
        '编号,问题,期望值,同比,方向,应答方式,渠道,备注,自己的列\na,总量,1,七成,,,,,x\nb,总量,1,,左,,,,\nc,总量,1,,,不答,,,\nd,总量,1,,,,网页,,\ne,,1,,,,,,\nf,总量,,,,,,只有备注,\ng,总量,1,7.62%,升,回答,direct,,\ng,总量,1,,,,,,\n',
      );
      expect(turns.map(({ id }) => id)).to.deep.equal(['g', 'g']);
      expect(
        problems.map((problem) => problem.replace('rows.csv：', '').replace(/，[^，]*rows\.csv (?=第)/, '，')),
      ).to.deep.equal([
        '第 2 行 / 同比：应为带 % 的数，例如 7.5%、上升7.5%；报告没有印同比的写“无”，实为“七成”',
        '第 3 行 / 方向：应为上升、下降、无 之一（也可以写 ↑、↓），实为“左”',
        '第 4 行 / 应答方式：应为回答、追问、拒答、寒暄 之一，实为“不答”',
        '第 5 行 / 渠道：应为direct、teams、wecom 之一，不写就是都查，实为“网页”',
        '第 6 行 / 问题：应为要问的话；打开对话时的欢迎语写“（打开对话）”，实为空的',
        '第 7 行：应为至少填一项要检查的（期望值、单位、同比、方向、出处……），实为只有问题',
        '第 9 行 / 编号：应为没有用过的编号，实为“g”，第 8 行也是',
      ]);
    });
  });

  describe('as YAML', () => {
    it('has the same fields, values as they are written, and lists', () => {
      const { conversations, problems } = read(
        'a.yaml',
        '- 对话: 甲\n  渠道: wecom\n  轮次:\n    - 问题: 总量\n      期望值: 1.50\n      不应出现: [20%, 30%]\n    - 问题: 其中企业\n      期望值: 2\n',
      );
      expect(problems).to.deep.equal([]);
      expect(conversations).to.have.length(1);
      expect(conversations[0]).to.deep.include({ name: '甲', roads: ['wecom'] });
      expect(conversations[0]?.turns[0]?.written).to.deep.include({ 期望值: '1.50', 不应出现: '20%；30%' });
    });

    it('tells faults with their line', () => {
      expect(read('b.yaml', '- 对话: 甲\n  轮次:\n    - 问题: 总量\n      期望: 2\n').problems[0]).to.match(
        /^b\.yaml：第 4 行：.*“期望”/,
      );
      expect(read('c.yaml', '- 对话: "甲\n').problems[0]).to.match(/^c\.yaml：第 \d 行：应为YAML 的写法/);
      expect(read('d.yaml', '问题: 总量\n').problems[0]).to.match(/第 1 行：应为几段对话/);
      expect(read('e.yaml', '- 对话: 甲\n').problems[0]).to.include('没有“轮次”');
    });
  });

  describe('as .chat', () => {
    it('has what the user says, and what has to stand in the reply', () => {
      const { conversations, problems } = read(
        'a.chat',
        'user=Joe\nbot=LulaBot\n> 说明\n[ConversationUpdate=MembersAdded]\nbot: [Typing][Delay=3000]\n您好\n[Suggestions=甲|乙]\nuser: 诉求\n总量\nbot：1,393,747 件\n同比上升 7.62%\n----\nuser: 再见\nbot: 再见\n',
      );
      expect(problems).to.deep.equal([]);
      const [first, second] = conversations;
      expect(
        first?.turns.map(({ question, isOpening, expected }) => [
          question,
          isOpening,
          expected.holds,
          expected.options,
        ]),
      ).to.deep.equal([
        ['', true, ['您好'], ['甲', '乙']],
        ['诉求\n总量', false, ['1,393,747 件', '同比上升 7.62%'], []],
      ]);
      expect(second?.turns).to.have.length(1);
    });

    it('tells what it can’t say', () => {
      const { problems } = read('b.chat', '你好\nbot: 早\nuser: 你好\nbot: 您好\n[Attachment=a.png]\n');
      expect(problems).to.have.length(3);
      expect(problems[0]).to.include('第 1 行').and.include('“user:”');
      expect(problems[2]).to.include('第 5 行').and.include('[Attachment]');
    });
  });
});
