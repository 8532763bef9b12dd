/**
 * The documented limits of a message, written down a second time and apart from src, so that a limit mistaken there is
 * found here. Lengths that the documents only advise are taken as limits.
 */
type Json = Record<string, unknown>;

export function brokenRules(message: object): string[] {
  const broken: string[] = [];
  const { msgtype, touser, agentid } = message as Json;
  const rule = (holds: boolean, text: string) => {
    if (!holds) broken.push(`${String(msgtype)}: ${text}`);
  };
  const bytes = (value: unknown) => Buffer.byteLength(String(value));
  const chars = (value: unknown) => [...String(value)].length;
  const upTo = (value: unknown, most: number, name: string, isNeeded = false) => {
    if (value === undefined) return rule(!isNeeded, `${name} missing`);
    rule(
      typeof value === 'string' && chars(value) >= 1 && chars(value) <= most,
      `${name}: 1..${most} chars, is ${chars(value)}`,
    );
  };
  const isLink = (value: unknown, name: string) =>
    rule(typeof value === 'string' && URL.canParse(value) && bytes(value) <= 2048, `${name} is no address`);
  const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

  rule(typeof touser === 'string' && touser.length > 0 && !touser.includes('|'), 'touser: one person');
  rule(Number.isInteger(agentid), 'agentid: a whole number');
  if (msgtype === 'text' || msgtype === 'markdown') {
    const { content } = (message as Record<string, Json>)[msgtype] ?? {};
    rule(
      typeof content === 'string' && content.trim() !== '' && bytes(content) <= 2048,
      `content: 1..2048 bytes, is ${bytes(content)}`,
    );
    return broken;
  }
  if (msgtype === 'image') {
    rule(typeof (message as Record<string, Json>)['image']?.['media_id'] === 'string', 'media_id missing');
    return broken;
  }
  rule(msgtype === 'template_card', 'an unknown msgtype');
  const card = ((message as Json)['template_card'] ?? {}) as Record<string, Json> & Json;
  const type = String(card['card_type']);
  const isNotice = type === 'text_notice';
  rule(isNotice || type === 'button_interaction', 'an unknown card');
  upTo(card['source']?.['desc'], 20, 'source.desc');
  upTo(card['main_title']?.['title'], 36, 'main_title.title', true);
  upTo(card['sub_title_text'], 160, 'sub_title_text');
  if (card['quote_area']) isLink(card['quote_area']['url'], 'quote_area.url');
  const rows = list(card['horizontal_content_list']);
  rule(rows.length <= 6, 'at most 6 rows');
  for (const row of rows) {
    upTo(row['keyname'], 5, 'keyname', true);
    upTo(row['value'], 30, 'value');
  }
  const hasButtons = card['action_menu'] !== undefined || !isNotice;
  rule(!hasButtons || /^[0-9A-Za-z_\-@]{1,128}$/.test(String(card['task_id'])), 'task_id');
  const keys = isNotice ? list(card['action_menu']?.['action_list']) : list(card['button_list']);
  if (hasButtons) rule(keys.length >= 1 && keys.length <= (isNotice ? 3 : 6), `${keys.length} buttons`);
  rule(new Set(keys.map(({ key }) => key)).size === keys.length, 'two buttons with one key');
  for (const { key, text } of keys) {
    rule(bytes(key) >= 1 && bytes(key) <= 1024, 'key: 1..1024 bytes');
    upTo(text, isNotice ? 36 : 10, 'text of a button', true);
  }
  if (!isNotice) return broken;
  upTo(card['emphasis_content']?.['title'], 14, 'emphasis_content.title');
  upTo(card['emphasis_content']?.['desc'], 22, 'emphasis_content.desc');
  rule(card['card_action']?.['type'] === 1, 'card_action is needed');
  isLink(card['card_action']?.['url'], 'card_action.url');
  const jumps = list(card['jump_list']);
  rule(jumps.length <= 3, 'at most 3 jumps');
  for (const jump of jumps) {
    upTo(jump['title'], 18, 'title of a jump', true);
    isLink(jump['url'], 'url of a jump');
  }
  return broken;
}
