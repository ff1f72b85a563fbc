// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both kinds of requests keep of a head. */
final class RequestHeaders {
  /**
   * Up to so many fields are in the map that is smaller: there is one for each connection. It would
   * compare each of many fields with all others if a client chose names of one hash code.
   */
  private static final int MANY = 64;

  private RequestHeaders() {}

  static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
    Map<String, List<String>> copy = HashMap.newHashMap(headers.size());
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy.size() > MANY ? Collections.unmodifiableMap(copy) : Map.copyOf(copy);
  }

  /** A query can hold a secret. */
  static String withoutQuery(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }
}
