#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds one of the programs here: build.sh load|floor OUTPUT
set -eu
cd "$(dirname "$0")"
exec gcc -O2 -std=gnu11 -Wall -Wextra -Wshadow -Wconversion -Werror -o "$2" "$1"/*.c shared/*.c
