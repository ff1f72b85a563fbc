// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.workers.internal.log.LogEntry.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of a process become entries of the log. */
class OutputLinesTest {
  private record Entry(Level level, String text) {}

  private final List<Entry> entries = new ArrayList<>();
  private final OutputLines lines =
      new OutputLines((level, text) -> entries.add(new Entry(level, text)));

  @Test
  void aStackTraceIsOneEntry() {
    lines.add("java.io.IOException: no");
    lines.add("\tat Chat.main(Chat.java:3)");
    lines.add("Caused by: java.io.EOFException");
    lines.add("\t... 4 more");
    lines.add("next");
    lines.flush();
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().level()).isEqualTo(Level.ERROR);
    assertThat(entries.getFirst().text()).contains("Chat.java:3").contains("EOFException");
    assertThat(entries.getLast().text()).isEqualTo("next");
  }

  @ParameterizedTest
  @CsvSource({
    "'[main] ERROR Chat - no', ERROR",
    "'Exception in thread \"main\" java.lang.Error', ERROR",
    "'# A fatal error has been detected', ERROR",
    "'[main] WARN Chat - no', WARN",
    "'WARNING: A terminally deprecated method', WARN",
    "'[main] DEBUG Chat - no', DEBUG",
    "'[main] INFO Chat - yes', INFO",
    "'anything', INFO"
  })
  void theLevelIsThatOfTheFirstLine(String line, Level level) {
    lines.add(line);
    lines.flush();
    assertThat(entries).singleElement().extracting(Entry::level).isEqualTo(level);
  }

  @Test
  void anEntryIsBounded() {
    lines.add("begin");
    IntStream.range(0, 10_000).forEach(i -> lines.add("\tat line" + i));
    lines.flush();
    assertThat(entries).allSatisfy(it -> assertThat(it.text().length()).isLessThan(33 * 1024));
    assertThat(entries.size()).isGreaterThan(1);
  }

  @Test
  void theLastLinesAreKept() {
    IntStream.range(0, 100).forEach(i -> lines.add("line " + i));
    assertThat(lines.last()).hasSize(20).first().isEqualTo("line 80");
  }

  @Test
  void emptyLinesAreNoEntry() {
    lines.add("");
    lines.add("  ");
    lines.flush();
    assertThat(entries).isEmpty();
  }
}
