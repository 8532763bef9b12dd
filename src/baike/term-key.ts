/**
 * When two ways of writing a term are the same: 「“双号”互转是什么？」 and 「双号互转」.
 *
 * Width, case, quotation marks, spaces and punctuation don't count, nor do the words that only ask
 * what something is. Those are a closed class of the language, so they stand here and not in the entries.
 */
const askingBefore = /^(请问|想问一下|问一下|什么是|什么叫做?|啥是|啥叫|解释一下|介绍一下|解释|介绍)/u;
const askingAfter =
  /(指的是什么|指的是啥|是指什么|是什么意思|什么意思|是啥意思|啥意思|是什么东西|是什么|是啥|是做什么的|是干什么的|是干嘛的|指什么|的含义|的定义|的意思|怎么理解|如何理解)$/u;

/** The term without width, case, punctuation and spaces; "" when nothing is left. */
export function termKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '');
}

/** The key without the words of asking: 什么是双号互转呢 → 双号互转. The key itself where it is nothing but asking. */
export function askedTermKey(text: string): string {
  const key = termKey(text);
  let rest = key.replace(/[呢啊呀吗嘛]+$/u, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(askingBefore, '').replace(askingAfter, '');
  }
  return rest || key;
}
