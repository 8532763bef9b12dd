/**
 * Reads Bot Framework's .chat files (chatdown), for what they can say: what the user says, and what has to stand in the
 * bot's reply.
 *
 *     user: 你好
 *     bot: 您好
 *     ----            a new conversation
 *
 * Each line of the bot has to be found in its reply. [Suggestions=甲|乙] are choices that have to be offered,
 * [ConversationUpdate=MembersAdded] opens the conversation. Pauses and typing are passed over; what a reply here can't
 * have (attachments, cards) is told.
 */
import type { Problem } from '../../problems';
import type { Written } from './script';
import type { SheetRow } from './sheet-rows';

const SAYS = /^(user|bot)\s*[:：]\s*(.*)$/iu;
const COMMAND = /\[(\w+)(?:=([^\]]*))?\]/gu;
const PASSED_OVER = new Set(['typing', 'delay', 'inputhint']);
/** Somebody comes in: nobody has to have spoken before. */
const OPENS = /^\[conversationupdate/iu;
const NEW_CONVERSATION = /^[-—]{3,}$/u;

interface TurnSoFar {
  row: number;
  question: string;
  holds: string[];
  options: string[];
}

export function chatRows(text: string, file: string, problems: Problem[]): SheetRow[] {
  const rows: SheetRow[] = [];
  let conversation = 1;
  let speaker: 'user' | 'bot' | undefined;
  let turn: TurnSoFar | undefined;

  const finish = () => {
    if (turn)
      rows.push({
        place: { file, row: `第 ${turn.row} 行` },
        written: writtenOf(turn, `${file} 第 ${conversation} 段`),
      });
    turn = undefined;
  };
  const begin = (row: number, question: string) => {
    finish();
    turn = { row, question, holds: [], options: [] };
  };

  text.split(/\r?\n/u).forEach((line, index) => {
    const row = index + 1;
    const tell = (expected: string, found: string) => problems.push({ file, place: `第 ${row} 行`, expected, found });
    const bare = line.trim();
    if (NEW_CONVERSATION.test(bare)) {
      finish();
      conversation += 1;
      speaker = undefined;
      return;
    }
    if (bare === '' || /^(user|bot)\s*=/iu.test(bare) || bare.startsWith('>')) return; // names of the two; a remark
    const [, who, said = bare] = SAYS.exec(bare) ?? [];
    if (who) speaker = who.toLowerCase() === 'user' ? 'user' : 'bot';
    if (!speaker && !OPENS.test(bare)) {
      tell('以“user:”或“bot:”开头的一行', `“${bare.slice(0, 30)}”`);
      return;
    }
    const words = said.replace(COMMAND, (_all, name: string, value = '') => {
      const command = name.toLowerCase();
      if (command === 'conversationupdate') begin(row, '（打开对话）');
      else if (command === 'suggestions' && turn)
        turn.options.push(...value.split('|').map((one: string) => one.trim()));
      else if (!PASSED_OVER.has(command))
        tell('文字、[Suggestions=…]、[ConversationUpdate=MembersAdded]', `[${name}]（这里不查）`);
      return '';
    });
    const spoken = words.trim();
    if (spoken === '') return;
    if (speaker === 'user') {
      // A line without “user:” goes on with what the user says.
      if (who || !turn) begin(row, spoken);
      else turn.question += `\n${spoken}`;
    } else if (turn) turn.holds.push(spoken);
    else tell('先有一行“user:”，或 [ConversationUpdate=MembersAdded]', `“${bare.slice(0, 30)}”`);
  });
  finish();
  return rows;
}

function writtenOf({ question, holds, options }: TurnSoFar, conversation: string): Written {
  return {
    对话: conversation,
    问题: question,
    ...(holds.length > 0 && { 应出现: holds.join('\n') }),
    ...(options.length > 0 && { 选项: options.join('\n') }),
  };
}
