/**
 * Takes out of a text what tells who wrote it, before it is kept: numbers of phones, identity cards and bank cards, e-mail
 * addresses, and names behind 我叫 and 我是.
 *
 * 「我叫王小明，电话13812345678」 becomes 「我叫＊＊，电话＊＊」. In doubt it takes out too much: a question loses a word, a person
 * nothing. Figures of up to seven digits stay, since they are what people ask about.
 */
const MASK = '＊＊';

/** 1,234,567 and 138-1234-5678: digits that are parted by one sign belong together. */
const DIGITS = /(?<![\d.])\+?\d(?:[ -]?\d){6,}[xX]?(?![\d])/gu;
const SPOKEN_DIGITS = /[零〇一二三四五六七八九幺两]{7,}/gu;
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}/gu;
const FEWEST_DIGITS = 8;

/** The hundred most frequent surnames are nine out of ten people; and some of two characters. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛葛樊邢安齐殷颜庄章鲁倪庞俞翟蓝聂耿';
const DOUBLE_SURNAMES = '欧阳|司马|上官|诸葛|司徒|东方|令狐|皇甫|尉迟|公孙|慕容|夏侯|端木';
/** Words that go on behind a name: 我叫王明想问…, 我是李红的同事. */
const GOES_ON = '想要问请的在住来是有先女老同们和跟这那电手身';
const GIVEN = `[^\\s\\p{P}\\d${GOES_ON}]`;
const NAMED = new RegExp(
  `((?:我|本人)(?:的?(?:名字|姓名))?(?:叫做?|姓|名叫|是|为))\\s*(?:(?:${DOUBLE_SURNAMES})${GIVEN}{0,2}|[${SURNAMES}]${GIVEN}{0,2})(先生|女士|小姐)?`,
  'gu',
);
/** Behind 我叫 stands a name, whatever it begins with. */
const CALLED = new RegExp(`(我(?:的?名字)?叫做?|本人姓名|(?<!\\p{L})姓名)[:：]?\\s*${GIVEN}{2,4}`, 'gu');

/** The patterns that are put together here: a test tries them on text made against them. */
export const NAME_PATTERNS: readonly RegExp[] = [NAMED, CALLED];

export function mask(text: string): string {
  return text
    .normalize('NFKC')
    .replace(MAIL, MASK)
    .replace(DIGITS, (digits) => (digits.replace(/\D/g, '').length >= FEWEST_DIGITS ? MASK : digits))
    .replace(SPOKEN_DIGITS, MASK)
    .replace(NAMED, `$1${MASK}`)
    .replace(CALLED, `$1${MASK}`);
}
