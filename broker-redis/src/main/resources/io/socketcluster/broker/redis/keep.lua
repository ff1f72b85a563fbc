-- ARGV: the data, the command that publishes, and the channel for subscribers.
local previous = offset
offset = offset + 1
append(ARGV[5])
trim()
redis.call(ARGV[6], ARGV[7], '#' .. epoch .. ' ' .. text(offset) .. ' ' .. text(previous) .. ' ' .. ARGV[5])
return text(offset)
