/**
 * Says where a text stops being JSON, in words for whoever typed it: the line, what belongs there, what stands there.
 *
 * JSON.parse tells it as an English sentence, with the position on some versions of Node only. Typed in Chinese, the usual
 * faults are a missing comma, a comma too many, and 「，」 or 「“」 from the Chinese keyboard.
 */
export interface SyntaxFault {
  line: number;
  expected: string;
  found: string;
}

/** The first fault; undefined for a text that is JSON. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  let at = 0;
  const literal = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

  class Fault extends Error {
    constructor(readonly expected: string) {
      super(expected);
    }
  }

  function skipSpace() {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  }
  function takeIf(sign: string): boolean {
    skipSpace();
    if (text.charAt(at) !== sign) return false;
    at += 1;
    return true;
  }
  function take(pattern: RegExp, expected: string) {
    skipSpace();
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new Fault(expected);
    at += found[0].length;
  }
  function takeMembers(end: string, member: () => void, expectedEnd: string) {
    if (takeIf(end)) return;
    for (;;) {
      member();
      if (takeIf(end)) return;
      if (!takeIf(',')) throw new Fault(`英文逗号 , 或 ${expectedEnd}`);
    }
  }
  function takeValue() {
    if (takeIf('{')) {
      takeMembers(
        '}',
        () => {
          take(string, '英文双引号括起的字段名');
          if (!takeIf(':')) throw new Fault('英文冒号 :');
          takeValue();
        },
        '右花括号 }',
      );
    } else if (takeIf('[')) {
      takeMembers(']', takeValue, '右方括号 ]');
    } else if (text.charAt(at) === '"') {
      take(string, '以英文双引号结束、中间没有换行的文字');
    } else {
      take(literal, '数据（英文双引号括起的文字、数、[ 或 {）');
    }
  }

  try {
    takeValue();
    skipSpace();
    if (at < text.length) throw new Fault('文件到此结束');
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const found = at < text.length ? `“${text.slice(at, at + 20).split('\n')[0]}”` : '文件已结束';
    return { line: text.slice(0, at).split('\n').length, expected: fault.expected, found };
  }
}
