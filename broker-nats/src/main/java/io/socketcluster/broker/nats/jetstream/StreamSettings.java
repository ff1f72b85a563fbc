// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a stream has to have. Immutable.
 *
 * @param subjects what its subjects begin with
 * @param size how many messages of one subject it keeps
 * @param life how long it keeps them
 */
record StreamSettings(String prefix, String subjects, int size, Duration life) {
  /** Returns the subjects with a wildcard. */
  String allSubjects() {
    return subjects + ">";
  }

  /** Returns the subjects of channels, without those of places. */
  private String ofChannels() {
    return subjects + "*.*";
  }

  private String ofSubscribers() {
    return prefix + ".{{wildcard(1)}}.{{wildcard(2)}}";
  }

  /** Returns the configuration of a new stream. */
  Map<String, Object> of(String name) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("subjects", List.of(allSubjects()));
    config.put("retention", "limits");
    config.put("discard", "old");
    config.put("storage", "file"); // with memory, a server that is restarted forgets
    config.put("max_msgs_per_subject", size);
    config.put("max_age", life.toNanos());
    config.put("republish", Map.of("src", ofChannels(), "dest", ofSubscribers()));
    return config;
  }

  /** Returns what is set otherwise, as {@code NAME is VALUE; needed: VALUE}. */
  List<String> differences(JsonValue config) {
    JsonValue republish = JsonValueUtils.readObject(config, "republish");
    List<String> found = new ArrayList<>();
    compare(
        found,
        "subjects",
        JsonValueUtils.readStringList(config, "subjects"),
        List.of(allSubjects()));
    compare(found, "retention", JsonValueUtils.readString(config, "retention", ""), "limits");
    compare(found, "discard", JsonValueUtils.readString(config, "discard", ""), "old");
    compare(found, "storage", JsonValueUtils.readString(config, "storage", ""), "file");
    compare(
        found,
        "max_msgs_per_subject",
        JsonValueUtils.readLong(config, "max_msgs_per_subject", 0),
        (long) size);
    compare(found, "max_age", JsonValueUtils.readLong(config, "max_age", 0), life.toNanos());
    compare(found, "republish.src", JsonValueUtils.readString(republish, "src", ""), ofChannels());
    compare(
        found, "republish.dest", JsonValueUtils.readString(republish, "dest", ""), ofSubscribers());
    return found;
  }

  private static void compare(List<String> found, String name, Object is, Object needed) {
    if (!is.equals(needed)) {
      found.add(name + " is " + is + "; needed: " + needed);
    }
  }
}
