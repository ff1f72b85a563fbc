# SPDX-License-Identifier: MIT
# What every command here needs first: a JDK 21 or later, Maven, Node. Sourced, not run.
# Installs what is missing when that is possible, and says plainly when it is not.

prepare_fail() {
  echo "$(basename "$0"): $1" >&2
  exit 1
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
  echo "$(basename "$0"): installing $*" >&2
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

# Builds the runnable jar of the module $1, unless it is newer than every source, and sets JAR.
build_jar() {
  local jar
  jar=$(runnable_jar "$1")
  if [ -z "$jar" ] || [ -n "$(find . \( -name target -o -name node_modules -o -name .git \) -prune \
      -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$jar" -print -quit)" ]; then
    prepare_build
    mvn -q --batch-mode -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$1" -am package >&2 ||
      prepare_fail "the build failed"
    jar=$(runnable_jar "$1")
    touch "$jar" # Maven leaves it as it is when only another module has changed
  else
    need_jdk
  fi
  JAR=$jar
}
