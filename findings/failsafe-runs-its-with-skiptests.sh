#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  maven-failsafe-plugin 3.6.1 and 3.5.4, Maven 3.8.7, JDK 17 and 25
# Date:      30 November 2026
# Guessed:   mvn verify -DskipTests skips the integration tests too, as it has for many years.
# Seen:      with 3.6.1 they run; its parameter skipTests is no longer bound to the property. With 3.5.4 they are skipped.
#            -DskipITs skips them in both, and so does <skipTests>${skipTests}</skipTests> in the configuration.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/test/java"
cd "$folder"
cat > src/test/java/RunIT.java <<'JAVA'
class RunIT {
  @org.junit.jupiter.api.Test
  void runs() {
    System.out.println("THE INTEGRATION TEST RUNS");
  }
}
JAVA
pom() {
  cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>look</groupId><artifactId>look</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies><dependency>
    <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.13.4</version><scope>test</scope>
  </dependency></dependencies>
  <build><plugins>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-surefire-plugin</artifactId><version>$1</version></plugin>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-failsafe-plugin</artifactId><version>$1</version>
      <executions><execution><goals><goal>integration-test</goal><goal>verify</goal></goals></execution></executions></plugin>
  </plugins></build>
</project>
XML
}
seen() { # what the version $1 does
  pom "$1"
  mvn --batch-mode --no-transfer-progress verify -DskipTests > log 2>&1 || true
  if grep -q 'THE INTEGRATION TEST RUNS' log; then
    echo runs
  elif grep -q 'BUILD SUCCESS' log; then
    echo skipped
  else
    tail -n 20 log >&2
    echo failed
  fi
}
new=$(seen 3.6.1) old=$(seen 3.5.4)
echo "mvn verify -DskipTests: with Failsafe 3.6.1 the integration test: $new; with 3.5.4: $old"
[ "$new" = runs ] && [ "$old" = skipped ]
