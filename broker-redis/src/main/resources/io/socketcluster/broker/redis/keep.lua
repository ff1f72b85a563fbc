-- ARGV: the data, and the channel for subscribers.
local previous = offset
offset = offset + 1
append(ARGV[6])
trim()
redis.call('PUBLISH', ARGV[7], '#' .. epoch .. ' ' .. text(offset) .. ' ' .. text(previous) .. ' ' .. ARGV[6])
return text(offset)
