import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { reportJsonSchema } from '../../src/report/json-schema';

describe('reportJsonSchema', () => {
  it('is what data/report.schema.json says (if not: npm run schema)', () => {
    expect(readFileSync('data/report.schema.json', 'utf8')).to.equal(reportJsonSchema());
  });

  it('helps in Chinese with every field that has to be typed', () => {
    const properties = JSON.parse(reportJsonSchema()).properties;
    for (const [name, field] of Object.entries<{ description?: string }>(properties)) {
      if (name !== 'checks') expect(field.description, name).to.match(/\p{Script=Han}/u);
    }
  });
});
