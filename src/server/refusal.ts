/**
 * What the wire hears when a request is refused: fixed words for each status, never the text of an error. The form is the
 * one of Bot Framework's own services: `{"error": {"code": "NotFound", "message": "没有这个地址。"}}`.
 *
 * A handler refuses by throwing `new Refusal(415)`, or `new Refusal(429, 30)` for "in half a minute again".
 */
const WORDS = {
  400: ['BadRequest', '请求的写法不对。'],
  401: ['Unauthorized', '没有通过身份验证。'],
  403: ['Forbidden', '不接受这个来源的请求。'],
  404: ['NotFound', '没有这个地址。'],
  405: ['MethodNotAllowed', '这个地址不支持这种请求方法。'],
  406: ['NotAcceptable', '给不出所要的格式。'],
  408: ['RequestTimeout', '请求没有及时发完。'],
  413: ['PayloadTooLarge', '请求的内容太长。'],
  415: ['UnsupportedMediaType', '只接受不压缩的 application/json。'],
  417: ['ExpectationFailed', '请求的写法不对。'],
  429: ['TooManyRequests', '请求太多，请稍后再试。'],
  431: ['HeadersTooLarge', '请求的头部太长。'],
  500: ['InternalError', '服务出了差错，请稍后再试。'],
  501: ['NotImplemented', '不支持这种请求。'],
  503: ['Unavailable', '服务暂时不可用，请稍后再试。'],
} as const satisfies Record<number, readonly [code: string, message: string]>;

export type RefusalStatus = keyof typeof WORDS;

export class Refusal extends Error {
  readonly code = 'REFUSED';
  constructor(
    readonly statusCode: RefusalStatus,
    /** Goes out as Retry-After. */
    readonly retryAfterS?: number,
  ) {
    super(WORDS[statusCode][0]);
  }
}

export function refusalBody(status: RefusalStatus) {
  const [code, message] = WORDS[status];
  return { error: { code, message } };
}

/** The nearest status we have words for: 400 for a client's fault, 500 for ours. */
export function refusalStatus(status: unknown): RefusalStatus {
  if (typeof status !== 'number' || status < 400) return 500;
  if (status in WORDS) return status as RefusalStatus;
  return status < 500 ? 400 : 500;
}
