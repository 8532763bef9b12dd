/** The bot as the scripts meet it in this process: knowledge, wording, a day. Read once, all faults at once. */
import { join } from 'node:path';
import { type Ask, dayInChina } from '../bot/ask';
import { withDataSource } from '../bot/data-source';
import { type BotWording, loadBotWording } from '../bot/wording';
import { loadTeamsWording, type TeamsWording } from '../channels/botframework/teams/wording';
import { loadWeComWording, type WeComWording } from '../channels/wecom/wording';
import { answer } from '../engine/answer';
import { type Folders, type Knowledge, loadKnowledge } from '../engine/knowledge';
import { together } from '../problems';

export interface Service {
  knowledge: Knowledge;
  wording: BotWording;
  teamsWording: TeamsWording;
  wecomWording: WeComWording;
  ask: Ask;
  today: () => string;
}

export function loadService(folders: Folders, publicUrl: string, today?: string): Service {
  const [wording, teamsWording, wecomWording, knowledge] = together(
    () => loadBotWording(folders.dialogs),
    () => loadTeamsWording(folders.dialogs),
    () => loadWeComWording(folders.dialogs),
    () => loadKnowledge(folders, { publicUrl }),
  );
  const engine: Ask = (question, focus, day) => answer(question, focus, knowledge, day);
  const ask = withDataSource(engine, wording, knowledge.library, publicUrl);
  return { knowledge, wording, teamsWording, wecomWording, ask, today: () => today ?? dayInChina() };
}

/** Where the team's scripts are. */
export function scriptsFolder({ dialogs }: Folders): string {
  return join(dialogs, 'scripts');
}
