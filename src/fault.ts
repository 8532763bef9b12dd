/**
 * What of an error may be told: to the log without the words of users (faultForLog), to whoever starts a command without
 * a stack trace (faultForStarter).
 */
import { ProblemsFound, problemLine } from './problems';

export interface LoggedFault {
  name: string;
  code: string | undefined;
  /** Where it happened, without the message above the frames: a message may quote what a person typed. */
  frames: string[];
  cause: LoggedFault | undefined;
}

export function faultForLog(error: unknown, depth = 0): LoggedFault {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, frames: [], cause: undefined };
  return {
    name: error.name,
    code: codeOf(error),
    frames: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 12),
    cause: error.cause === undefined || depth >= 3 ? undefined : faultForLog(error.cause, depth + 1),
  };
}

/** Chinese, every problem on its line. `outcome` says what came of it. */
export function faultForStarter(error: unknown, outcome = '没有启动'): string {
  if (error instanceof ProblemsFound) {
    const lines = error.problems.map((problem) => `  - ${problemLine(problem)}`);
    return [`${outcome}，有 ${error.problems.length} 处要改：`, ...lines].join('\n');
  }
  const code = codeOf(error);
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  switch (code) {
    case 'EADDRINUSE':
      return `${outcome}：端口 ${port} 已被别的程序占用。请先停掉它，或把 PORT 设成别的端口。`;
    case 'EACCES':
      return `${outcome}：没有权限使用端口 ${port}。请把 PORT 设成 1024 以上的端口。`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${outcome}：这台机器没有 HOST 里写的地址。`;
    default:
      return `${outcome}：程序出错（${error instanceof Error ? error.name : typeof error}${code ? `，${code}` : ''}）。`;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
