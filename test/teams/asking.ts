/** The real engine as Teams has it: replies and cards for questions, for the tests of this folder. */
import type { Activity } from 'botbuilder';
import { replyActivity } from '../../src/bot/reply-activity';
import type { AdaptiveCard } from '../../src/channels/botframework/teams/card/elements';
import type { CardParts } from '../../src/channels/botframework/teams/card/reply-card';
import { teamsMessage } from '../../src/channels/botframework/teams/reply-message';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import { answer, type Focus } from '../../src/engine/answer';
import type { Reply } from '../../src/engine/answer-form';
import { type Knowledge, loadKnowledge } from '../../src/engine/knowledge';

export const TODAY = '2026-11-23';

let loaded: Knowledge | undefined;
export function knowledge(): Knowledge {
  loaded ??= loadKnowledge({ data: 'data', dialogs: 'dialogs' }, { publicUrl: 'https://hotline.example.gov.cn' });
  return loaded;
}

export function cardParts(parts: Partial<CardParts> = {}): CardParts {
  return {
    wording: loadTeamsWording('dialogs').card,
    reportTitles: new Map(knowledge().library.reports.map(({ id, title }) => [id, title])),
    ...parts,
  };
}

/** The reply to the last of several turns. */
export function replyTo(...said: string[]): Reply {
  let focus: Focus | undefined;
  let reply: Reply | undefined;
  for (const one of said) ({ reply, focus } = answer(one, focus, knowledge(), TODAY));
  if (!reply) throw new Error('nothing was said');
  return reply;
}

export function messageFor(reply: Reply, parts = cardParts()): Partial<Activity> {
  return teamsMessage(replyActivity(reply, 'card-1'), parts);
}

export function cardIn(message: Partial<Activity>): AdaptiveCard | undefined {
  return message.attachments?.[0]?.content;
}

/** One conversation for each kind of answer there is. */
export const KINDS: Record<string, string[]> = {
  一个数据: ['2024年政风热线满意率'],
  占比: ['企业诉求占多少'],
  推算: ['2023年诉求总量是多少'],
  两数相差: ['企业和群众诉求差多少'],
  排名: ['各渠道诉求排名'],
  筛选: ['同比下降的指标有哪些'],
  概况: ['概括一下政风热线'],
  全报告: ['概览'],
  反问: ['满意率是多少'],
  没有公布: ['发布了多少条民生热点'],
  没有涉及: ['南京12345一年多少电话'],
  含义: ['政风热线是什么'],
  帮助: ['帮助'],
  核对: ['互联网诉求为什么增加了'],
  几问一起: ['诉求总量是多少？平均等待时长呢？'],
  追问: ['诉求总量', '其中企业', '占比'],
};
