-- ARGV: the epoch and the offset that the reader knows, or no epoch and how many of the newest
-- messages; about how many bytes. Returns the epoch, the offset behind which the entries follow,
-- that of the last one, and for each entry its offset and its data.
trim()
local UNUSED = 300000 -- clients can ask for any number of channels that nobody publishes to
redis.call('PEXPIRE', state, offset > 0 and mostAge + STATE_OUTLIVES or UNUSED)
local wanted, most = tonumber(ARGV[6]), tonumber(ARGV[7])

local function beforeFirst()
  local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  return first and offsetOf(first) - 1 or offset
end

-- By arithmetic: any client may ask for many, and none of them has to be read for that.
local function beforeNewest(count)
  if count <= 0 then
    return offset
  end
  local first = beforeFirst()
  if count >= redis.call('XLEN', stream) then
    return first
  end
  local from = offset - count
  while from > first do
    local next = redis.call('XRANGE', stream, text(from + 1), '+', 'COUNT', 1)[1]
    if not next or offsetOf(next) == from + 1 then
      return from
    end
    from = from - JUMP + 1 -- a gap is behind it, and was counted with the jump
  end
  return first
end

local from
if ARGV[5] == '' then
  from = beforeNewest(wanted)
elseif ARGV[5] == epoch and wanted <= offset then
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
