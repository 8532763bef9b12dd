/**
 * The form of a report file in data/reports: one JSON file a report, cells as printed.
 *
 * A row's `cells` stand in the order of the leaves of `columns`: `["1234567 (5.67%↑)", "—", ""]`. Whoever types a report
 * works by data/report.schema.json, which is written from this module (json-schema.ts); the descriptions here are its help
 * texts, in Chinese, and `data/README.md` tells the same at length.
 *
 * Not here: what one string says (parse-figure.ts), what ids refer to and how cells are counted (build-report.ts).
 */
import { z } from 'zod/v4';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('永久编号：小写英文、数字和连字符。一经发布不再改动，链接靠它找到数据');
const text = z.string().trim().min(1);
const remark = z.string().optional();

export interface ColumnForm {
  id: string;
  label: string;
  printedAs?: string | undefined;
  measureUnit?: string | undefined;
  additive?: boolean | undefined;
  words?: boolean | undefined;
  columns?: ColumnForm[] | undefined;
}

const ColumnSchema: z.ZodType<ColumnForm> = z
  .strictObject({
    id,
    label: text.describe('表头文字，照报告抄写，不含括号里的单位，不含换行造成的空格'),
    printedAs: text.optional().describe('报告印的字有误时，此处照印，label 写正确的；核对时会列出'),
    measureUnit: z
      .string()
      .optional()
      .describe('计量单位，即表头括号里的字，例如 件、万次；百分比写 %；没有单位可不写。下级表头自动沿用上级的单位'),
    additive: z.boolean().optional().describe('true 表示下级各列相加就是这个表头所说的数，例如 年龄 下面的各个年龄段'),
    words: z.boolean().optional().describe('true 表示这一列印的是文字而不是数，例如 评级'),
    get columns() {
      return z.array(ColumnSchema).min(1).optional().describe('下级表头，从左到右');
    },
  })
  .describe('一列，或一组列的共同表头')
  .meta({ id: 'Column' });

const RowSchema = z.strictObject({
  id,
  label: z.string().describe('行名，照报告抄写；表里只有一行数据而没有行名时写 ""'),
  printedAs: text.optional().describe('报告印的字有误时，此处照印，label 写正确的'),
  cells: z
    .array(z.string())
    .min(1)
    .describe('这一行的数据，从左到右，照报告抄写，例如 "1234 (5.6%↑)"；横线写 "—"，空白写 ""'),
});

const wholeOf = (what: string) =>
  z.strictObject({
    whole: id.describe(`整体：${what}的编号`),
    parts: z.array(id).min(1).describe(`组成部分：${what}的编号`),
    exhaustive: z.boolean().default(true).describe('各部分相加是否就是整体；只列出其中一部分时写 false'),
    remainder: text.optional().describe('整体减去所列部分后，剩下的叫什么；没有叫法就不写'),
  });

const MergedSchema = z.strictObject({
  rows: z.array(id).min(1).describe('合并单元格跨的各行的编号'),
  columns: z.array(id).min(1).describe('合并单元格跨的各列的编号'),
  printedAt: z.strictObject({ row: id, column: id }).describe('数据抄写在哪一格；被合并的另外几格写 ""'),
});

const TableSchema = z.strictObject({
  id,
  number: z.string().default('').describe('表的序号，照印，例如 "1"；没有就不写'),
  title: text.describe('表名，照印'),
  note: text.optional().describe('表头上方遗留的填表说明，照印；不作为内容，核对时会列出'),
  headline: z.boolean().default(false).describe('true 表示多张表有同名指标时，只说指标名就是指这张表'),
  rowHeader: z.string().default('').describe('行名那一列的表头；没有就不写'),
  columns: z.array(ColumnSchema).min(1).describe('表头，从左到右；多级表头用 columns 一层层写'),
  rows: z.array(RowSchema).min(1).describe('各行数据，从上到下'),
  merged: z.array(MergedSchema).default([]).describe('合并单元格'),
  totalRow: id.optional().describe('不说哪一行时指的那一行，一般是合计的一行；只有一行的表不用写'),
  rowWholes: z.array(wholeOf('行')).default([]).describe('哪一行包含哪些行，例如 合计 = 甲 + 乙'),
  columnWholes: z.array(wholeOf('列')).default([]).describe('哪一列包含哪些列，例如 人口 = 男 + 女'),
});

const cellPath = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/)
  .describe('单元格：表编号/行编号/列编号');

const CheckSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('equal'),
      title: text.describe('核对的内容，一句话'),
      left: z.array(cellPath).min(1),
      right: z.array(cellPath).min(1),
    })
    .describe('两边各自相加应当相等'),
  z
    .strictObject({ kind: z.literal('rate'), rate: cellPath, part: cellPath, whole: cellPath })
    .describe('rate 应当是 part ÷ whole'),
  z
    .strictObject({ kind: z.literal('possible'), rate: cellPath, whole: cellPath })
    .describe('rate 是 whole 件中的百分比，应当有某个整数件数与它对应'),
]);

export const ReportSchema = z.strictObject({
  $schema: z.string().optional().describe('固定写 "../report.schema.json"，编辑器据此提示'),
  id: id.describe('报告的永久编号，一般是地名拼音加年份'),
  title: text.describe('报告全名，照印'),
  region: z
    .strictObject({
      name: text.describe('地区，不带“市”字'),
      alsoSaid: z.array(text).default([]).describe('同一地区的别的说法，例如带“市”字的全称、全市、我市'),
    })
    .describe('报告说的是哪个地区'),
  year: z.int().min(1990).max(2200).describe('报告说的是哪一年'),
  comparedWith: z.int().min(1990).max(2200).describe('同比是与哪一年比，一般是上一年'),
  remark: remark.describe('给录入者自己看的备注，程序不用'),
  parts: z
    .array(
      z.strictObject({
        number: text.describe('部分的序号，照印，例如 一'),
        title: text.describe('部分的标题，照印'),
        tables: z.array(TableSchema).min(1).describe('这一部分里的表，按印出的顺序'),
      }),
    )
    .min(1)
    .describe('报告的各部分'),
  checks: z.array(CheckSchema).default([]).describe('表与表之间应当一致的数，供核对'),
});

export type ReportForm = z.output<typeof ReportSchema>;
export type TableForm = z.output<typeof TableSchema>;
export type CheckForm = z.output<typeof CheckSchema>;
