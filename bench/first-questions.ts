/** What the sample conversations begin with: a question each that stands on its own. */
import { readdirSync, readFileSync } from 'node:fs';

export function firstQuestions(): string[] {
  const conversations = readdirSync('test/cases')
    .filter((name) => name.endsWith('.json'))
    .flatMap((name): { turns: { say: string }[] }[] => JSON.parse(readFileSync(`test/cases/${name}`, 'utf8')));
  return conversations
    .flatMap(({ turns }) => turns.slice(0, 1).map(({ say }) => say))
    .filter((say) => say.trim() !== '');
}
