/**
 * How people say it: the words of data/lexicon, read and checked once.
 *
 * `asking.yaml` sorts the words of asking itself into closed classes (多少, 同比, 占比 …), `filler.yaml` holds
 * those that change nothing, `synonyms.yaml` says what else the report's names are called, `topics.yaml` what is none of the report's business.
 * The rules of the engine speak of classes, never of words.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { type Problem, ProblemsFound } from '../../problems';
import { normalize, normalizeLabel } from '../normalize/normalize';
import { readYaml } from './read-yaml';
import { isLegible, spellings } from './spellings';

/** Class in the file → class in the rules. */
const WORD_CLASSES = {
  可有可无: 'soft',
  另有所指: 'specific',
  问多少: 'howMuch',
  问含义: 'whatIs',
  问名称: 'itsName',
  问原因: 'why',
  问哪个: 'which',
  问分别: 'each',
  问各行: 'eachRow',
  几行: 'someRows',
  说全部: 'all',
  说唯一: 'only',
  说没有: 'none',
  问组成: 'parts',
  问概况: 'overview',
  介绍: 'introduce',
  问个数: 'howMany',
  同比: 'change',
  升: 'up',
  降: 'down',
  升还是降: 'upOrDown',
  比较: 'than',
  更多: 'more',
  更少: 'less',
  最多: 'most',
  最少: 'least',
  排名: 'ranking',
  问名次: 'whichPlace',
  就是: 'is',
  前几: 'firstFew',
  后几: 'lastFew',
  占比: 'share',
  相当于: 'amountsTo',
  倍数: 'times',
  相差: 'difference',
  变了多少: 'changedBy',
  合计: 'sum',
  平均: 'mean',
  按天: 'perDay',
  按月: 'perMonth',
  按周: 'perWeek',
  按小时: 'perHour',
  按分钟: 'perMinute',
  换算: 'convert',
  按: 'by',
  除以: 'dividedBy',
  首尾: 'ends',
  每: 'per',
  等于: 'equals',
  除外: 'except',
  其余: 'theRest',
  否定: 'not',
  不如: 'notAs',
  其中: 'within',
  放在: 'placedIn',
  整张表: 'wholeTable',
  整行: 'wholeRow',
  算上: 'including',
  算在内: 'countedIn',
  和: 'and',
  超过: 'exceeds',
  达到: 'reaches',
  挨数达到: 'reachesNumber',
  受托: 'onBehalf',
  不到: 'below',
  多半: 'majority',
  将近: 'nearly',
  大约: 'roughly',
  零头: 'andMore',
  求证: 'confirm',
  有无: 'isThere',
  疑错: 'misprint',
  问出处: 'source',
  指代: 'pronoun',
  前者: 'former',
  后者: 'latter',
  两者: 'both',
  另一个: 'theOther',
  接着问: 'followUp',
  更正: 'correction',
  再说一遍: 'again',
  用万: 'inWan',
  不用万: 'plainUnit',
  年内时间: 'subPeriod',
  上年: 'yearBefore',
  举例: 'suchAs',
  百分之几: 'percent',
  自称: 'self',
  自述: 'ofSelf',
  很: 'strongly',
  比时间: 'byTime',
  比数量: 'byCount',
} as const;
/** Kind of filler in its file → what the rules have to know of it besides. */
const FILLER_KINDS = {
  语气: [],
  客套: ['courtesy'],
  提问: ['courtesy'],
  转述: [],
  代词: [],
  助动: [],
  副词: [],
  连词: [],
  方位: [],
  报告: [],
  用途: [],
  泛称: [],
  年份: [],
  英语: [],
} as const;

export type WordClass =
  | (typeof WORD_CLASSES)[keyof typeof WORD_CLASSES]
  | 'filler'
  | 'courtesy'
  /** 第二: read from the numeral, in no file. */
  | 'nth'
  /** 师傅, 主任: a filler where somebody is spoken to, a word like any other elsewhere. */
  | 'address';
/** Kinds of counting words: within a kind they stand for each other (条 for 件), between kinds never. */
export type UnitKind = 'people' | 'things' | 'time' | 'money' | 'rate';
const UNIT_KINDS = { 人: 'people', 事: 'things', 时间: 'time', 钱: 'money', 比率: 'rate' } as const;

export interface Lexicon {
  /** Normalised word → its classes. */
  words: ReadonlyMap<string, ReadonlySet<WordClass>>;
  /** Normalised name → other ways of saying it. */
  synonyms: ReadonlyMap<string, readonly string[]>;
  /** 去年 → −1 */
  relativeYears: ReadonlyMap<string, number>;
  /** 翻番 → 100: by how many per cent at least it has risen, or fallen. */
  changesBy: ReadonlyMap<string, number>;
  units: ReadonlyMap<string, UnitKind>;
  /** Unit → the units that count nothing else: 家 → "家 户"; of the others any may be said for any of its kind. */
  unitGroups: ReadonlyMap<string, string>;
  /** 诉求 → 件: what is counted so, and in nothing else. */
  nounUnits: ReadonlyMap<string, string>;
  /** Signal word → topic, for what the report doesn't talk about. */
  topics: ReadonlyMap<string, string>;
  /** 分钟 → 60 */
  secondsIn: ReadonlyMap<string, number>;
  /** Adverbs that restrict what is counted: 首次, 重复. */
  restricting: ReadonlySet<string>;
  /** 包含, 算上: said before what a total contains. */
  including: readonly string[];
  /** Places that aren't the report's: 南京. */
  places: ReadonlySet<string>;
  /** Other words that the lexicon spells out in one: too many, and too much alike, to mend a misspelling by. */
  spelledOut: ReadonlySet<string>;
}

const Words = z.array(z.union([z.string(), z.number()]).transform(String)).superRefine((words, issues) => {
  for (const word of words)
    if (!isLegible(word)) issues.addIssue({ code: 'custom', message: `“${word}”的圆括号没有配成对` });
});
const WordClassKeys = Object.keys(WORD_CLASSES) as (keyof typeof WORD_CLASSES)[];
const Asking = z
  .object({
    ...(Object.fromEntries(WordClassKeys.map((key) => [key, Words])) as Record<
      keyof typeof WORD_CLASSES,
      typeof Words
    >),
    限定: Words,
    时间折合秒: z.record(z.number().int().positive()),
    相对年份: z.record(z.number().int()),
    升降幅度: z.record(z.number().int()),
    专用单位: z.array(Words),
    名词单位: z.record(z.string()),
    单位: z.object({ 人: Words, 事: Words, 时间: Words, 钱: Words, 比率: Words }).strict(),
  })
  .strict();
const FillerKeys = Object.keys(FILLER_KINDS) as (keyof typeof FILLER_KINDS)[];
const Fillers = z
  .object({
    ...(Object.fromEntries(FillerKeys.map((key) => [key, Words])) as Record<keyof typeof FILLER_KINDS, typeof Words>),
    称呼: Words,
  })
  .strict();
const Synonyms = z.record(Words);
const Topics = z.object({ 话题: z.record(Words), 别处: Words }).strict();

/** Reads the lexicon's four files; throws ProblemsFound with all that is wrong in them. */
export function loadLexicon(folder: string): Lexicon {
  const problems: Problem[] = [];
  const asking = readYaml(join(folder, 'asking.yaml'), Asking, problems);
  const fillers = readYaml(join(folder, 'filler.yaml'), Fillers, problems);
  const synonyms = readYaml(join(folder, 'synonyms.yaml'), Synonyms, problems);
  const topics = readYaml(join(folder, 'topics.yaml'), Topics, problems);
  if (!asking || !fillers || !synonyms || !topics) throw new ProblemsFound(problems);

  const spelledOut = new Set<string>();
  const spelled = (said: readonly string[]): string[] =>
    said.flatMap((word) => {
      const all = spellings(word).map(normalize).filter(Boolean);
      if (all.length > 1) for (const one of all) spelledOut.add(one);
      return all;
    });
  const words = new Map<string, Set<WordClass>>();
  const add = (said: readonly string[], ...classes: WordClass[]): void => {
    for (const word of spelled(said)) words.set(word, new Set([...(words.get(word) ?? []), ...classes]));
  };
  for (const key of WordClassKeys) add(asking[key], WORD_CLASSES[key]);
  add(asking['问各行'], 'each');
  add(asking['介绍'], 'overview');
  for (const key of FillerKeys) add(fillers[key], 'filler', ...FILLER_KINDS[key]);
  add(fillers.称呼, 'address');
  for (const [word, percent] of Object.entries(asking['升降幅度'])) add([word], percent > 0 ? 'up' : 'down');
  const units = new Map<string, UnitKind>();
  for (const key of Object.keys(UNIT_KINDS) as (keyof typeof UNIT_KINDS)[]) {
    for (const unit of spelled(asking['单位'][key])) units.set(unit, UNIT_KINDS[key]);
  }
  const unitGroups = new Map([...units.keys()].map((unit): [string, string] => [unit, '']));
  for (const group of asking['专用单位']) for (const unit of group) unitGroups.set(normalize(unit), group.join(' '));
  const alsoSaid = new Map<string, string[]>();
  for (const [names, others] of Object.entries(synonyms)) {
    // 「在线解答、在线答复: […]」: labels of several tables that are called the same.
    for (const name of names.split('、').map(normalizeLabel))
      alsoSaid.set(name, [...(alsoSaid.get(name) ?? []), ...spelled(others)]);
  }
  const numbered = (said: Record<string, number>) =>
    new Map(Object.entries(said).flatMap(([word, n]) => spelled([word]).map((one): [string, number] => [one, n])));
  const topicOf = new Map<string, string>();
  for (const [topic, signals] of Object.entries(topics['话题'])) {
    for (const signal of spelled(signals)) topicOf.set(signal, topic);
  }
  return {
    words,
    synonyms: alsoSaid,
    relativeYears: numbered(asking['相对年份']),
    changesBy: new Map([...numbered(asking['升降幅度'])].map(([word, n]) => [word, Math.abs(n)])),
    units,
    unitGroups,
    nounUnits: new Map(Object.entries(asking['名词单位']).map(([noun, unit]) => [normalize(noun), normalize(unit)])),
    topics: topicOf,
    secondsIn: new Map(Object.entries(asking['时间折合秒'])),
    restricting: new Set(spelled(asking['限定'])),
    including: asking['算上'].map(normalize),
    places: new Set(topics['别处'].map(normalize)),
    spelledOut,
  };
}

/** Topics that are only meant when nothing else is said: 「你好，请问…」 is a question. */
export const SOCIAL_TOPICS: ReadonlySet<string> = new Set([
  '招呼',
  '道谢',
  '应声',
  '告别',
  '帮助',
  '身份',
  '来历',
  '责骂',
  '闲聊',
]);
