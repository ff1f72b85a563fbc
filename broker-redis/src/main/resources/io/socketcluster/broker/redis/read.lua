-- ARGV: the epoch and the offset that the reader knows, or no epoch and how many of the newest
-- messages; about how many bytes. Returns the epoch, the offset behind which the entries follow,
-- that of the last one, and for each entry its offset and its data.
trim()
local UNUSED = 300000 -- clients can ask for any number of channels that nobody publishes to
redis.call('PEXPIRE', state, offset > 0 and mostAge + STATE_OUTLIVES or UNUSED)
local wanted, most = tonumber(ARGV[7]), tonumber(ARGV[8])

local function beforeFirst()
  local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  return first and offsetOf(first) - 1 or offset
end

local function beforeNewest(count)
  if count <= 0 then
    return offset
  end
  local newest = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', math.min(count, mostMessages))
  return #newest > 0 and offsetOf(newest[#newest]) - 1 or offset
end

local from
if ARGV[6] == '' then
  from = beforeNewest(wanted)
elseif ARGV[6] == epoch and wanted <= offset then
  from = math.max(wanted, beforeFirst())
else
  from = beforeFirst()
end

local CHUNK = 50
local answer = {epoch, text(from), text(offset)}
local at, size, isFull = from, 0, false
repeat
  local chunk = redis.call('XRANGE', stream, text(at + 1), '+', 'COUNT', CHUNK)
  for _, entry in ipairs(chunk) do
    at = offsetOf(entry)
    answer[#answer + 1] = text(at)
    answer[#answer + 1] = entry[2][6]
    size = size + OVERHEAD + #entry[2][6]
    isFull = size >= most
    if isFull then
      break
    end
  end
until isFull or #chunk < CHUNK
return answer
