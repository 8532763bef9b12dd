/**
 * The steps of redis-store.ts as Redis runs them, each whole or not at all. Keys of a conversation:
 *
 * | key | holds |
 * |---|---|
 * | log | a stream, an entry an activity: its number is the entry's, with its time and its JSON (without id and time) |
 * | meta | `number` and `time` of the last activity; `owner`, the token of whoever does its turns; `brokeOff` |
 * | once | a client's name of a message → the number it got |
 * | replied | of the turn under way: the place of an answer → the number it got |
 * | changed | number → the JSON of an activity that took another form |
 * | turns | a list of what is to be done: `<name> <time> <json>`, the first under way |
 *
 * and for all together `pending`: conversation → when something last happened in its line of turns.
 *
 * Times and numbers come from Redis' own clock, so that processes whose clocks differ agree.
 */
import { LuaScript } from '../../state/lua-script';
import { IS_ALIVE } from '../../state/membership';

const NOW = `
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function whole(number) return string.format('%.0f', number) end
local function expire(ttl)
  for _, key in ipairs(KEYS) do
    if not string.find(key, 'pending$') then redis.call('PEXPIRE', key, ttl) end
  end
end`;

/** The turns of a conversation are the asker's if nobody who lives is at them. */
const CLAIM = `
${IS_ALIVE}
local function claim(meta, turns, token, alive)
  local owner = redis.call('HGET', meta, 'owner')
  if owner and isAlive(alive, owner) then return false end
  redis.call('HSET', meta, 'owner', token)
  if owner then redis.call('HINCRBY', meta, 'brokeOff', 1) end
  return { redis.call('LINDEX', turns, 0), redis.call('HGET', meta, 'brokeOff') or '0' }
end`;

/** → 'known' number | 'full' | 'not held' | 'new' number, and the turn that is now the asker's. */
export const APPEND = new LuaScript(`${NOW}${CLAIM}
local log, meta, once, turns, pending = unpack(KEYS)
local conversation, ttl, most, json, onceKey, held, awaitsTurn, mostTurns, token, alive, channel = unpack(ARGV)
if held ~= '' and redis.call('HGET', meta, 'owner') ~= held then return { 'not held' } end
if onceKey ~= '' then
  local known = redis.call('HGET', once, onceKey)
  if known then return { 'known', known } end
end
if awaitsTurn == '1' and redis.call('LLEN', turns) >= tonumber(mostTurns) then return { 'full' } end

local last = redis.call('HMGET', meta, 'number', 'time')
local number = last[1]
if not number then
  -- The log may outlive the rest where Redis drops keys for room.
  local entry = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  number = math.max(now(), entry and tonumber(string.match(entry[1], '^%d+')) or 0)
end
number = whole(number + 1)
local time = whole(math.max(now(), (last[2] or 0) + 1))
redis.call('XADD', log, 'MAXLEN', '=', most, number .. '-0', 'time', time, 'json', json)
redis.call('HSET', meta, 'number', number, 'time', time)
if onceKey ~= '' then
  redis.call('HSET', once, onceKey, number)
  if redis.call('HLEN', once) > 2 * most then
    local first = tonumber(string.match(redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1][1], '^%d+'))
    local all = redis.call('HGETALL', once)
    for place = 1, #all, 2 do
      if tonumber(all[place + 1]) < first then redis.call('HDEL', once, all[place]) end
    end
  end
end
local turn = false
if awaitsTurn == '1' then
  redis.call('RPUSH', turns, number .. ' ' .. time .. ' ' .. json)
  redis.call('ZADD', pending, now(), conversation)
  turn = claim(meta, turns, token, alive)
end
expire(ttl)
redis.call('PUBLISH', channel, 'new ' .. number .. ' ' .. time .. ' ' .. json)
return { 'new', number, turn }`);

/** → 0 | 1, and the turn that is now the asker's. */
export const OPEN = new LuaScript(`${NOW}${CLAIM}
local meta, turns, pending = unpack(KEYS)
local conversation, ttl, json, token, alive = unpack(ARGV)
local isNew = redis.call('HEXISTS', meta, 'number') == 0
local turn = false
if isNew then
  local time = whole(now())
  redis.call('HSET', meta, 'number', time, 'time', '0')
  redis.call('RPUSH', turns, 'open ' .. time .. ' ' .. json)
  redis.call('ZADD', pending, now(), conversation)
  turn = claim(meta, turns, token, alive)
end
expire(ttl)
return { isNew and 1 or 0, turn }`);

/** → the next turn, or nothing. */
export const DONE = new LuaScript(`${NOW}
local meta, turns, replied, pending = unpack(KEYS)
local conversation, token, name = unpack(ARGV)
if redis.call('HGET', meta, 'owner') ~= token then return false end
local head = redis.call('LINDEX', turns, 0)
if head and string.match(head, '^(%S+) ') == name then
  redis.call('LPOP', turns)
  redis.call('HDEL', meta, 'brokeOff')
  redis.call('DEL', replied)
end
local next = redis.call('LINDEX', turns, 0)
if next then
  redis.call('ZADD', pending, now(), conversation)
  return { next, '0' }
end
redis.call('HDEL', meta, 'owner')
redis.call('ZREM', pending, conversation)
return false`);

/** → conversations where nothing has happened for a while, each with its owner, and whether that one lives. */
export const WAITING = new LuaScript(`${NOW}${IS_ALIVE}
local pending = KEYS[1]
local quietMs, alive, before, after = unpack(ARGV)
local found = {}
for _, conversation in ipairs(redis.call('ZRANGEBYSCORE', pending, '-inf', now() - quietMs, 'LIMIT', 0, 100)) do
  local owner = redis.call('HGET', before .. conversation .. after, 'owner') or ''
  table.insert(found, { conversation, owner, owner ~= '' and isAlive(alive, owner) and 1 or 0 })
end
return found`);

/** → the turn that is now the asker's, if the owner is still the one it was. */
export const TAKE_OVER = new LuaScript(`${NOW}
local meta, turns, pending = unpack(KEYS)
local conversation, owner, token, isDead = unpack(ARGV)
if (redis.call('HGET', meta, 'owner') or '') ~= owner then return false end
local head = redis.call('LINDEX', turns, 0)
if not head then
  redis.call('HDEL', meta, 'owner')
  redis.call('ZREM', pending, conversation)
  return false
end
redis.call('HSET', meta, 'owner', token)
if isDead == '1' then redis.call('HINCRBY', meta, 'brokeOff', 1) end
redis.call('ZADD', pending, now(), conversation)
return { head, redis.call('HGET', meta, 'brokeOff') or '0' }`);

/** → nothing, or where reading began, the entries, and the other forms of activities. */
export const AFTER = new LuaScript(`${NOW}
local log, meta, changed = unpack(KEYS)
local ttl, watermark, most = unpack(ARGV)
local number = redis.call('HGET', meta, 'number')
if not number then return false end
local from = tonumber(watermark) > tonumber(number) and '0' or watermark
expire(ttl)
local entries = redis.call('XRANGE', log, whole(from + 1), '+', 'COUNT', most)
return { from, entries, redis.call('HGETALL', changed) }`);

/** Nothing is done for an activity that is no longer kept: nobody can come back for it. */
export const REPLACE = new LuaScript(`${NOW}
local log, changed = unpack(KEYS)
local ttl, most, number, json, channel = unpack(ARGV)
local entry = redis.call('XRANGE', log, number, number)[1]
if not entry then return 0 end
redis.call('HSET', changed, number, json)
if redis.call('HLEN', changed) > tonumber(most) then
  local first = tonumber(string.match(redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1][1], '^%d+'))
  for _, old in ipairs(redis.call('HKEYS', changed)) do
    if tonumber(old) < first then redis.call('HDEL', changed, old) end
  end
end
expire(ttl)
redis.call('PUBLISH', channel, 'changed ' .. number .. ' ' .. entry[2][2] .. ' ' .. json)
return 1`);
