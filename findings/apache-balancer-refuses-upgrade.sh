#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  apache2 2.4 of Debian 12
# Date:      30 November 2026
# Guessed:   upgrade=websocket on a ProxyPass to a balancer holds for the members of the balancer, as other parameters of
#            ProxyPass hold for the worker that they name.
# Seen:      Apache does not start: it takes the parameter for one of the balancer, which has none of that name. The same word on
#            each BalancerMember, or on a ProxyPass to a single server, is accepted.
set -euo pipefail
command -v apache2 > /dev/null || PATH=$PATH:/usr/sbin
command -v apache2 > /dev/null || { echo "apache2 is missing (Debian: apt-get install apache2-bin)" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
modules=/usr/lib/apache2/modules
loads() {
  for module in mpm_event authz_core proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm; do
    echo "LoadModule ${module}_module $modules/mod_$module.so"
  done
  echo "Listen 127.0.0.1:8089
ServerName localhost
ServerRoot $folder
PidFile $folder/pid
ErrorLog $folder/log"
}
check() { # whether the configuration on standard input is accepted
  { loads; cat; } > "$folder/conf"
  if apache2 -t -f "$folder/conf" > "$folder/said" 2>&1; then echo accepted; else echo "refused: $(grep -o 'unknown.*parameter' "$folder/said" || tail -n 1 "$folder/said")"; fi
}
on_pass=$(check <<< '<Proxy balancer://servers>
  BalancerMember http://127.0.0.1:8001
</Proxy>
ProxyPass / balancer://servers/ upgrade=websocket')
on_member=$(check <<< '<Proxy balancer://servers>
  BalancerMember http://127.0.0.1:8001 upgrade=websocket
</Proxy>
ProxyPass / balancer://servers/')
single=$(check <<< 'ProxyPass / http://127.0.0.1:8001/ upgrade=websocket')
echo "$(apache2 -v | head -n 1 | sed 's/Server version: //'): on ProxyPass to a balancer $on_pass; on each member $on_member; on ProxyPass to a server $single"
[[ "$on_pass" == refused:*unknown*parameter && "$on_member" == accepted && "$single" == accepted ]]
