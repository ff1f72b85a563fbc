# SPDX-License-Identifier: MIT
# Makes the first seconds of a server cheap. The first start of a build runs the server once under a
# small load, and the JVM keeps what it has learnt: classes in the form it maps into memory and, from
# JDK 25 on, which methods are hot. Later starts use that file. Sourced behind prepare.sh, not run.

# The compiler shares its cores with the first clients. With what was learnt, code of the first
# compiler is good enough for some seconds more: docs/performance.md has the figures.
COMPILER_OPTIONS="-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"

# What a server is run with that is measured: docs/performance.md says why. A JDK that does not know
# compact headers goes without.
SERVER_OPTIONS="-XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -Xmx2g -Xmn24m -XX:+UseTransparentHugePages
  -XX:TrimNativeHeapInterval=5000 -Dio.netty.leakDetection.level=disabled
  -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockExperimentalVMOptions -XX:+UseCompactObjectHeaders"

# Sets STARTUP to the JVM options for the jar of the module $1 (JAR). The rest are the other options
# that it is started with. Whatever goes wrong, the server starts: without the file, if need be.
startup_options() {
  local module=$1 key kind=jsa
  shift
  [ "$(java_major "$JAVA_HOME")" -lt 25 ] || kind=aot
  key=$(printf '%s\n' "$@" | cat "$JAVA_HOME/release" - 2>/dev/null | cksum | cut -d ' ' -f 1)
  local file=$module/target/start-$key.$kind
  if [ ! -e "$file" ] || [ "$JAR" -nt "$file" ]; then
    learn "$file" "$kind" "$@" || true
  fi
  STARTUP=($COMPILER_OPTIONS)
  if [ ! -s "$file" ]; then
    STARTUP=()
  elif [ "$kind" = aot ]; then
    STARTUP+=(-XX:AOTCache="$file" -XX:AOTMode=auto)
  else
    STARTUP+=(-XX:SharedArchiveFile="$file" -Xshare:auto)
  fi
}

# Runs the server under load, and writes to a file of its own first: others may be starting, too.
# Where that fails an empty file stays, so that the next start does not try again.
learn() {
  local file=$1 kind=$2 new=$1.$$ line="" port
  shift 2
  : 2>/dev/null > "$new" || return 0 # the folder is read-only
  say "building what makes later starts fast: the JVM learns from a short run"
  local record=-XX:ArchiveClassesAtExit="$new"
  [ "$kind" != aot ] || record=-XX:AOTCacheOutput="$new"
  coproc trial { exec "$JAVA_HOME/bin/java" "$@" $COMPILER_OPTIONS "$record" -Xlog:disable \
    -jar "$JAR" --port 0 2>/dev/null; }
  local pid=$trial_PID from=${trial[0]}
  trap "kill $pid 2>/dev/null; rm -f '$new' '$new.config'" EXIT
  read -r -t 30 line <&"$from" || true
  port=$(sed -n 's/.*[: ]\([0-9]\{1,5\}\)\/\{0,1\}$/\1/p' <<< "$line")
  if [ -n "$port" ]; then
    timeout 30 "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Xshare:auto bin/Training.java "$port" \
      > /dev/null 2>&1 || true
  fi
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  trap - EXIT
  mv -f "$new" "$file"
}
