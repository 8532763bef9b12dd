/**
 * The form of a report file as JSON Schema, for the editor of whoever types the next report. Kept in data/report.schema.json,
 * which `npm run schema` writes again after a change of the form.
 */
import { z } from 'zod/v4';
import { ReportSchema } from './file-format';

export function reportJsonSchema(): string {
  const schema = z.toJSONSchema(ReportSchema, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: '年度报告' }, null, 2)}\n`;
}
