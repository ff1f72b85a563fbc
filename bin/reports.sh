# SPDX-License-Identifier: MIT
# What the reports of the tests say that are newer than a file, the mark. Sourced, not run.

new_reports() { # $1: the mark
  find . -name node_modules -prune -o -path '*/target/*-reports/TEST-*.xml' -newer "$1" -print
}

# The closing line of a run: N passed, N failed, N skipped. Sets FAILED. $1: the mark
sum_up() {
  local tests skipped
  read -r tests FAILED skipped < <(new_reports "$1" | tr '\n' '\0' |
    xargs -0 -r sed -n '/^<testsuite/{s/.* tests="\([0-9]*\)".*/&/;p;}' |
    awk '
      function of(attribute) { return match($0, " " attribute "=\"[0-9]+\"") \
        ? substr($0, RSTART + length(attribute) + 3, RLENGTH - length(attribute) - 4) : 0 }
      { tests += of("tests"); failed += of("failures") + of("errors"); skipped += of("skipped") }
      END { print tests + 0, failed + 0, skipped + 0 }')
  echo "$((tests - FAILED - skipped)) passed, $FAILED failed, $skipped skipped"
}

# A line for each test that failed at first and passed when it was run again. $1: the mark
name_what_passed_late() {
  new_reports "$1" | tr '\n' '\0' | xargs -0 -r awk '
    function of(attribute) { match($0, " " attribute "=\"[^\"]*\"")
      return substr($0, RSTART + length(attribute) + 3, RLENGTH - length(attribute) - 4) }
    /<testcase/ { name = of("classname") "." of("name") }
    /<flaky(Error|Failure)/ && name != "" { print "passed only when run again: " name; name = "" }' | sort
}

test_classes() { # that there are: MODULE CLASS
  find . \( -name target -o -name node_modules \) -prune -o -path './*/src/test/java/*' \
    \( -name '*Test.java' -o -name '*IT.java' \) -print |
    sed 's|^\./\([^/]*\)/src/test/java/|\1 |; s|\.java$||; s|/|.|g' | sort
}

tested_classes() { # that have a report: MODULE CLASS. $1: the mark
  new_reports "$1" | sed 's|^\./\([^/]*\)/.*/TEST-\(.*\)\.xml$|\1 \2|; s|\$.*||' | sort -u
}

# A line for each module of which a class of tests has not been run. $1: the mark
name_what_did_not_run() {
  comm -23 <(test_classes) <(tested_classes "$1") > "$1.missing"
  test_classes | awk -v missing="$1.missing" '
    BEGIN { while ((getline line < missing) > 0) { split(line, part, " "); absent[part[1]]++
      name = part[2]; sub(/.*\./, "", name)
      if (absent[part[1]] <= 5) { names[part[1]] = names[part[1]] " " name } } }
    { all[$1]++ }
    END { for (module in absent)
      if (absent[module] == all[module]) { print "not run: " module " (all of its " all[module] " classes of tests)" }
      else { print "not run: " absent[module] " of " all[module] " classes of tests of " module ":" \
        names[module] (absent[module] > 5 ? " ..." : "") } }' | sort
  rm -f "$1.missing"
}
