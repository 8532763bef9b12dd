/** `npm run schema`: writes data/report.schema.json from the form of a report file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchema } from './json-schema';

writeFileSync(join(__dirname, '../../data/report.schema.json'), reportJsonSchema());
