/** The scripts as these tests run them: with the knowledge that is served, on the day of all engine tests. */
import { loadBotWording } from '../../src/bot/wording';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import { loadWeComWording } from '../../src/channels/wecom/wording';
import { answer } from '../../src/engine/answer';
import type { Knowledge } from '../../src/engine/knowledge';
import { inProcessRoad } from '../../src/qa/roads/in-process-road';
import type { Road } from '../../src/qa/roads/road';
import { type Outcome, runScripts } from '../../src/qa/run-scripts';
import { readScripts } from '../../src/qa/script/read-scripts';
import type { Conversation, Script } from '../../src/qa/script/script';
import type { Service } from '../../src/qa/service';
import { wantedBy } from '../../src/qa/tasks/check-scripts';
import { served, TODAY } from '../engine/asking';

export const SCRIPTS = 'dialogs/scripts';

export function serviceOf(knowledge: Knowledge = served()): Service {
  return {
    knowledge,
    wording: loadBotWording('dialogs'),
    teamsWording: loadTeamsWording('dialogs'),
    wecomWording: loadWeComWording('dialogs'),
    ask: (question, focus, today) => answer(question, focus, knowledge, today),
    today: () => TODAY,
  };
}

export function ownScripts(): Script[] {
  const { scripts, problems } = readScripts([SCRIPTS]);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return scripts;
}

export async function outcomesOf(
  scripts: Script[],
  {
    knowledge = served(),
    road = inProcessRoad(serviceOf(knowledge)),
    channel = 'direct',
    sideBySide = 1,
  }: { knowledge?: Knowledge; road?: Road; channel?: 'direct' | 'teams' | 'wecom'; sideBySide?: number } = {},
): Promise<Outcome[]> {
  const ran = await runScripts(scripts, {
    road,
    isWanted: wantedBy({ channel, filter: undefined }),
    findCell: (id) => knowledge.library.cell(id),
    sideBySide,
  });
  return ran.flatMap(({ outcomes }) => outcomes);
}

/** Some conversations as a script of their own. */
export function scriptOf(conversations: Conversation[]): Script[] {
  return [{ file: 'some', conversations }];
}

export function faultLines(outcomes: Outcome[]): string {
  return outcomes
    .filter(({ passed }) => !passed)
    .map(
      ({ turn, faults }) =>
        `${turn.id} ${turn.question}: ${faults.map(({ field, expected, got }) => `${field} ${expected} / ${got}`).join('; ')}`,
    )
    .join('\n');
}
