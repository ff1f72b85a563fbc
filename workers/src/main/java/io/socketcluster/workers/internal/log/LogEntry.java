// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An entry of the central log. */
public record LogEntry(Instant time, Level level, Origin origin, String message) {
  private static final int LONGEST = 64 * 1024;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

  /** The severity of an entry. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * The process that an entry is about.
   *
   * @param type supervisor, worker or broker
   * @param id the number of a worker, or -1
   */
  public record Origin(String type, int id, long pid) {
    @Override
    public String toString() {
      return (id < 0 ? type : type + " " + id) + ", " + pid;
    }
  }

  public LogEntry {
    if (message.length() > LONGEST) {
      message = message.substring(0, LONGEST) + "...";
    }
  }

  /** Returns an entry of this moment. */
  public static LogEntry now(Level level, Origin origin, String message) {
    return new LogEntry(Instant.now().truncatedTo(ChronoUnit.MILLIS), level, origin, message);
  }

  /** Returns a line for people; further lines of the message follow it, indented. */
  public String toText() {
    String indented = message.replace("\n", "\n    ");
    return time + " " + level + " [" + origin + "] " + CONTROLS.matcher(indented).replaceAll("?");
  }

  /** Returns a line of JSON. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("time", time.toString()).put("level", level.name().toLowerCase(Locale.ROOT));
    json.put("origin", origin.type());
    if (origin.id() >= 0) {
      json.put("worker", origin.id());
    }
    return json.put("pid", origin.pid()).put("message", message).toString();
  }

  /** Returns the entry of a line of JSON, or null if it is none. */
  public static @Nullable LogEntry ofJson(String line) {
    try {
      JsonNode json = JsonMapper.shared().readTree(line);
      Origin origin =
          new Origin(
              json.path("origin").stringValue(""),
              json.path("worker").intValue(-1),
              json.path("pid").longValue(-1));
      Level level = Level.valueOf(json.path("level").stringValue("").toUpperCase(Locale.ROOT));
      Instant time = Instant.parse(json.path("time").stringValue(""));
      return new LogEntry(time, level, origin, json.path("message").stringValue(""));
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
      return null;
    }
  }
}
