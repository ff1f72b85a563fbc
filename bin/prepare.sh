# SPDX-License-Identifier: MIT
# What every command here needs first: its arguments checked, a JDK 21 or later, Maven, Node, a
# build. Sourced, not run. Installs what is missing when that is possible, and says plainly when it is not.

say() { # to people, not to programs: the standard output is for what the command is about
  echo "$(basename "$0"): $1" >&2
}

prepare_fail() {
  say "$1"
  exit 1
}

prepare_refuse() {
  say "$1"
  echo "$USAGE" >&2
  exit 2
}

# Answers --help, and refuses what is no argument, before anything is built. $1: the options that
# take a value, $2: those that take none, then -- and the arguments. Needs USAGE.
check_arguments() {
  local valued=" $1 " bare=" $2 "
  shift 3
  while [ $# -gt 0 ]; do
    case "$1" in -h | --help) echo "$USAGE"; exit 0 ;; esac
    if [[ "$bare" == *" $1 "* ]]; then
      shift
    elif [[ "$valued" == *" $1 "* ]]; then
      [ $# -ge 2 ] || prepare_refuse "$1 needs a value"
      [ "$1" != --port ] || check_port "$2"
      shift 2
    else
      prepare_refuse "there is no option $1"
    fi
  done
}

check_port() {
  [[ "$1" =~ ^[0-9]{1,5}$ ]] && [ "$((10#$1))" -le 65535 ] ||
    prepare_refuse "--port must be a number from 0 to 65535, not $1"
}

java_major() { # the major version of the JDK in $1, nothing when there is none
  [ -x "$1/bin/javac" ] || return 0
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

find_jdk() { # the newest JDK of 21 or later: JAVA_HOME, /usr/lib/jvm, the javac on the path
  local best="" best_major=20 home major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"; do
    major=$(java_major "$home")
    if [ -n "$major" ] && [ "$major" -gt "$best_major" ]; then
      best=$home best_major=$major
    fi
  done
  echo "$best"
}

install_packages() { # Debian packages; only root can
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  say "installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } >&2
}

need_jdk() {
  JAVA_HOME=$(find_jdk)
  if [ -z "$JAVA_HOME" ]; then
    install_packages openjdk-25-jdk-headless || install_packages openjdk-21-jdk-headless || true
    JAVA_HOME=$(find_jdk)
  fi
  [ -n "$JAVA_HOME" ] || prepare_fail "no JDK 21 or later found; install one and set JAVA_HOME"
  export JAVA_HOME
  if [ "$(java_major "$JAVA_HOME")" -ge 24 ]; then # Maven's own Guava is warned about otherwise
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
  fi
}

need_command() { # $1 the command, the rest the packages that bring it
  local name=$1
  shift
  command -v "$name" >/dev/null && return
  install_packages "$@" || true
  command -v "$name" >/dev/null || prepare_fail "$name is missing; install it (Debian: apt-get install $*)"
}

prepare_build() {
  need_jdk
  need_command mvn maven
  need_command npm nodejs npm
}

runnable_jar() { # of the module $1; nothing when it has not been built
  find "$1/target" -maxdepth 1 -name "socketcluster-$1-*-all.jar" -print -quit 2>/dev/null || true
}

needs_build() { # whether the jar $1 is missing or older than a source
  [ -z "$1" ] || [ -n "$(find . \( -name target -o -name node_modules -o -name .git \) -prune \
    -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$1" -print -quit)" ]
}

# Runs Maven, says which module it is at, and shows what went wrong when it fails.
run_maven() {
  local log="target/$(basename "$0").log"
  mvn --batch-mode "$@" 2>&1 | tee "$log" | awk -v command="$(basename "$0")" '
    /< io\.socketcluster:/ { name = $0; sub(/.*< io\.socketcluster:(socketcluster-)?/, "", name); sub(/ >.*/, "", name) }
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      step = $NF; gsub(/[][]/, "", step); sub("/", " of ", step)
      print command ": building " name " ... (" step ")"; fflush()
    }' >&2
  if [ "${PIPESTATUS[0]}" != 0 ]; then
    grep -E '^\[(ERROR|WARNING)\]' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    prepare_fail "the build failed; all that Maven said is in $log"
  fi
}

# Builds the runnable jar of the module $1, unless it is newer than every source, and sets JAR. One
# build at a time in a checkout: two in the same folders would spoil each other's work.
build_jar() {
  mkdir -p target
  if needs_build "$(runnable_jar "$1")"; then
    prepare_build
    exec 9> target/build.lock
    if command -v flock >/dev/null && ! flock -n 9; then
      say "another command is building here; waiting for it"
      flock 9
    fi
    if needs_build "$(runnable_jar "$1")"; then
      [ -n "$(runnable_jar "$1")" ] ||
        say "the first build: Maven and npm download what they need, which takes a few minutes"
      set +e
      run_maven -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$1" -am package
      set -e
      touch "$(runnable_jar "$1")" # Maven leaves it as it is when only another module has changed
    fi
    exec 9>&-
  else
    need_jdk
  fi
  JAR=$(runnable_jar "$1")
}

# Installs what the scenarios of conformance need, unless it is there.
install_scenarios() {
  local scripts=conformance/src/test/js
  if [ ! -d $scripts/node_modules ] || [ $scripts/package-lock.json -nt $scripts/node_modules ]; then
    need_command npm nodejs npm
    (cd $scripts && npm ci --silent --no-audit --no-fund --prefer-offline)
    touch $scripts/node_modules
  fi
}

# Starts the demo on a free port, which it sets as PORT; the demo ends with the command.
start_demo() {
  build_jar demo
  DEMO_LOG=$(mktemp)
  "$JAVA_HOME/bin/java" -jar "$JAR" --port 0 >"$DEMO_LOG" 2>&1 &
  DEMO=$!
  trap 'kill $DEMO 2>/dev/null; rm -f "$DEMO_LOG"' EXIT
  PORT=
  until [ -n "$PORT" ]; do
    kill -0 $DEMO 2>/dev/null || { cat "$DEMO_LOG"; prepare_fail "the demo has not started"; }
    sleep 0.2
    PORT=$(sed -n 's/.*localhost:\([0-9]*\).*/\1/p' "$DEMO_LOG" | head -1)
  done
}
