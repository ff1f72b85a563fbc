#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  redis-server 7.0.15 of Debian 12
# Date:      30 November 2026
# Guessed:   a slot belongs to a node of a cluster once every master was told so with CLUSTER SETSLOT ... NODE.
# Seen:      if a second passes between the first master and the last, nobody has the slot, and that stays so: the old owner's
#            gossip has a higher epoch and takes the slot back from the new one before the old owner is told to give it away.
#            Each node then answers MOVED to another. The new owner has to be IMPORTING the slot, which raises its epoch.
set -euo pipefail
command -v redis-server > /dev/null || { echo "redis-server is missing (Debian: apt-get install redis-server)" >&2; exit 1; }
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true; wait; rm -rf "$folder"' EXIT
cd "$folder"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1] % 20000 + 20000)'; }
ports=()
for node in 0 1 2; do
  port=$(free_port)
  ports+=("$port")
  redis-server --bind 127.0.0.1 --port "$port" --save "" --cluster-enabled yes --cluster-config-file "nodes-$node" > /dev/null &
  pids+=($!)
done
for port in "${ports[@]}"; do
  until [ "$(redis-cli -p "$port" ping 2> /dev/null)" = PONG ]; do sleep 0.1; done
done
redis-cli --cluster create "${ports[@]/#/127.0.0.1:}" --cluster-yes > log
for port in "${ports[@]}"; do
  until redis-cli -p "$port" cluster info | grep -q cluster_state:ok; do sleep 0.1; done
done

slot=8000 # of the second master
new=$(redis-cli -p "${ports[0]}" cluster myid)
for port in "${ports[@]}"; do # the new owner, the old one, the third
  redis-cli -p "$port" cluster setslot "$slot" node "$new" > log
  sleep 2 # the nodes gossip
done
sleep 4
owners=0
for port in "${ports[@]}"; do
  myself=$(redis-cli -p "$port" cluster nodes | grep myself)
  for range in $(cut -d ' ' -f 9- <<< "$myself"); do
    if [ "${range%-*}" -le "$slot" ] && [ "${range#*-}" -ge "$slot" ]; then owners=$((owners + 1)); fi
  done
done
echo "redis $(redis-server --version | sed 's/.*v=\([0-9.]*\).*/\1/'): masters that have slot $slot: $owners"
[ "$owners" = 0 ]
