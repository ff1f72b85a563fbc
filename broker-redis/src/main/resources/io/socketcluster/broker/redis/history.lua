-- The beginning of all scripts of histories. KEYS: the stream, its state.
-- ARGV: the bounds (messages, milliseconds, bytes), a new epoch.
local stream, state = KEYS[1], KEYS[2]
local mostMessages, mostAge, mostBytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local OVERHEAD = 100
local JUMP = 4294967296 -- more messages than a server can lose when it ends
local GAP = '!' -- no JSON
local STATE_OUTLIVES = 3600000

-- What a server acknowledged last may be missing in its next run, and in the server that takes its
-- place. In a cluster only the script knows which server that is.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function text(number)
  return string.format('%.0f', number)
end

local function offsetOf(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

local known = redis.call('HMGET', state, 'epoch', 'offset', 'bytes', 'run')
local epoch = known[1]
local offset, bytes = tonumber(known[2] or 0), tonumber(known[3] or 0)

local function save()
  redis.call('HSET', state, 'epoch', epoch, 'offset', text(offset), 'bytes', text(bytes), 'run', run)
  redis.call('PEXPIRE', state, mostAge + STATE_OUTLIVES)
end

local function append(data)
  bytes = bytes + OVERHEAD + #data
  redis.call('XADD', stream, text(offset) .. '-0', 'at', text(now), 'bytes', text(bytes), 'data', data)
  redis.call('PEXPIRE', stream, mostAge)
  save()
end

-- Exactly: Redis itself would keep up to a node of entries more.
local function trim()
  local count = redis.call('XLEN', stream)
  while count > 0 do
    local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1][2]
    local held = bytes - tonumber(first[4]) + OVERHEAD + #first[6]
    if count <= mostMessages and now - tonumber(first[2]) < mostAge and held <= mostBytes then
      break
    end
    count = count - 1
    redis.call('XTRIM', stream, 'MAXLEN', '=', count)
  end
end

if not epoch then
  epoch = ARGV[4]
  save() -- first: after any other write a server without memory refuses nothing more
  redis.call('DEL', stream)
elseif known[4] ~= run then -- the end of the history may have been lost with the server
  offset = offset + JUMP
  append(GAP)
end
