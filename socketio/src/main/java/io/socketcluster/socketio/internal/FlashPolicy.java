// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The policy that a Flash movie asks for before it opens a socket. Immutable. */
public final class FlashPolicy {
  private static final String HEAD =
      """
      <?xml version="1.0"?>
      <!DOCTYPE cross-domain-policy SYSTEM "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
      <cross-domain-policy>
      """;
  private static final String REQUEST = "<policy-file-request/>\0";

  private final String text;

  /**
   * @param origins the option of the server: {@code host:port}, {@code *} for any
   */
  public FlashPolicy(List<String> origins) {
    StringBuilder policy = new StringBuilder(HEAD);
    for (String origin : origins) {
      int colon = origin.lastIndexOf(':');
      policy
          .append("<allow-access-from domain=\"")
          .append(origin, 0, colon)
          .append("\" to-ports=\"")
          .append(origin, colon + 1, origin.length())
          .append("\"/>\n");
    }
    text = policy.append("</cross-domain-policy>\n").toString();
  }

  /** Returns the bytes that ask for it. */
  public static byte[] request() {
    return REQUEST.getBytes(US_ASCII);
  }

  /** Returns the policy. */
  public byte[] toBytes() {
    return text.getBytes(UTF_8);
  }
}
