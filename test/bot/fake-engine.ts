/** An engine for tests: says back what it was asked and how many turns it remembers, and can be told to fail or ask back. */
import pino from 'pino';
import type { Ask } from '../../src/bot/ask';
import type { BotWording } from '../../src/bot/wording';
import type { Focus, Turn } from '../../src/engine/answer';

export const WORDING: BotWording = {
  welcome: '您好，请问。',
  suggestions: ['甲是多少'],
  notText: '请发文字。',
  apology: '抱歉，出了差错。',
  dataSource: { asked: ['数据来源'], says: '数据都出自这些报告。' },
};

export const SILENT = pino({ level: 'silent' });
export const TODAY = '2026-11-23';

interface Counting {
  turns: number;
}

/** 「崩溃」 throws with the question in the message; 「哪个」 asks back; all else is said back. */
export const fakeAsk: Ask = (question, focus, today): Turn => {
  if (question.includes('崩溃')) throw new Error(`看不懂 ${question}`);
  const turns = ((focus as Counting | undefined)?.turns ?? 0) + 1;
  const asksBack = question === '哪个';
  const text = `${turns}. ${question} @${today}`;
  const turn = {
    reply: {
      text,
      sentences: [text],
      sources: [],
      options: asksBack ? [{ label: '1. 甲', say: '1' }] : [],
      suggestions: asksBack ? [] : ['再问一个'],
      answer: {
        kind: asksBack ? 'clarify' : 'talk',
        grade: null,
        figures: [],
        options: asksBack ? ['甲'] : [],
        entries: [],
        provenance: [],
      },
    },
    focus: { turns },
    why: { question },
  };
  return {
    ...(turn as Omit<Turn, 'focus' | 'why'>),
    focus: turn.focus as unknown as Focus,
    why: turn.why as unknown as Turn['why'],
  };
};

/** Log lines as objects. */
export function recordingLogger() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { logger, lines };
}
