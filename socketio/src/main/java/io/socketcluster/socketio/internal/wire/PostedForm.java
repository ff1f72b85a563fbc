// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** Reads the packet that a client has posted as the field {@code data} of a form. */
public final class PostedForm {
  private static final String FIELD = "data=";

  private PostedForm() {}

  /**
   * Returns the packet in UTF-8, or null when there is none.
   *
   * @param isByForm whether an element {@code form} has sent it: browsers turn each end of a line
   *     in it into CR and LF, which the length does not count
   */
  public static byte @Nullable [] packet(byte[] body, boolean isByForm) {
    for (String field : new String(body, ISO_8859_1).split("&", -1)) {
      if (field.startsWith(FIELD)) {
        return decoded(field.substring(FIELD.length()), isByForm);
      }
    }
    return null;
  }

  private static byte @Nullable [] decoded(String value, boolean isByForm) {
    try {
      String raw = new String(value.getBytes(ISO_8859_1), UTF_8); // what was not escaped
      String packet = URLDecoder.decode(raw, UTF_8);
      return (isByForm ? packet.replace("\r\n", "\n") : packet).getBytes(UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
