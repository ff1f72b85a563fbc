// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of a head that both kinds of requests keep. */
public final class RequestHeaders {
  /**
   * Up to so many fields are in the map that is smaller: there is one for each connection. It would
   * compare each of many fields with all others if a client chose names of one hash code.
   */
  private static final int MANY = 64;

  @SuppressWarnings({"unchecked", "rawtypes"}) // empty
  private static final Map.Entry<String, List<String>>[] FIELDS = new Map.Entry[0];

  private RequestHeaders() {}

  /** Returns a copy that cannot be changed. */
  public static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
    List<Map.Entry<String, List<String>>> fields = new ArrayList<>(headers.size());
    headers.forEach((name, values) -> fields.add(Map.entry(name, List.copyOf(values))));
    if (fields.size() <= MANY) {
      return Map.ofEntries(fields.toArray(FIELDS));
    }
    Map<String, List<String>> copy = HashMap.newHashMap(fields.size());
    fields.forEach(field -> copy.put(field.getKey(), field.getValue()));
    return Collections.unmodifiableMap(copy);
  }

  /** A query can hold a secret. */
  public static String withoutQuery(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }
}
