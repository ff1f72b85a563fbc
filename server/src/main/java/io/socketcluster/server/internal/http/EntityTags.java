// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares entity tags (RFC 9110, 8.8.3). */
public final class EntityTags {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String WEAK = "W/";
  private static final String ANY = "*";

  private EntityTags() {}

  /** Returns whether one of those that the client has is the one of the answer. */
  public static boolean match(List<String> ifNoneMatch, @Nullable String tag) {
    return tag != null
        && ifNoneMatch.stream()
            .flatMap(COMMA::splitAsStream)
            .map(String::strip)
            .anyMatch(each -> each.equals(ANY) || strong(each).equals(strong(tag)));
  }

  private static String strong(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
