// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.socketcluster.websocket.Extension.Parameter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How both ends agree to compress messages (RFC 7692, 7.1): each message on its own, since a frame
 * that many connections share cannot depend on earlier messages of each of them.
 */
public final class DeflateAgreement {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_ALONE = "server_no_context_takeover";
  private static final String CLIENT_ALONE = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";
  private static final String LARGEST_WINDOW = "15";
  private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

  /**
   * The header of a client that wants to compress. It offers no smaller window: the compressor of
   * the JDK has only the largest.
   */
  public static final String OFFER = NAME + "; " + SERVER_ALONE + "; " + CLIENT_ALONE;

  private DeflateAgreement() {}

  /** Returns the answer of a server to the first offer that it can accept, or null. */
  public static @Nullable String accept(List<String> headers) {
    for (Extension offer : Extension.parse(headers)) {
      if (offer.name().equals(NAME) && offer.allParameters(DeflateAgreement::isAcceptable)) {
        return offer.has(SERVER_WINDOW)
            ? OFFER + "; " + SERVER_WINDOW + "=" + LARGEST_WINDOW
            : OFFER;
      }
    }
    return null;
  }

  /** A client that asks for a smaller window gets no compression. */
  private static boolean isAcceptable(Parameter offered) {
    String value = offered.value();
    return switch (offered.name()) {
      case SERVER_ALONE, CLIENT_ALONE -> value == null;
      case CLIENT_WINDOW -> value == null || WINDOW.matcher(value).matches();
      case SERVER_WINDOW -> LARGEST_WINDOW.equals(value);
      default -> false;
    };
  }

  /**
   * Returns whether a server accepted {@link #OFFER}. A server that answers with anything else than
   * an acceptance of this offer must be left.
   *
   * @param headers empty: the server does not compress
   * @throws ProtocolViolation when the answer is not one to the offer
   */
  public static boolean isAccepted(List<String> headers) {
    if (headers.isEmpty()) {
      return false;
    }
    List<Extension> answer = Extension.parse(headers);
    Extension first = answer.getFirst();
    if (answer.size() > 1
        || !first.name().equals(NAME)
        || !first.has(SERVER_ALONE)
        || !first.allParameters(DeflateAgreement::isLegalAnswer)) {
      throw ProtocolViolation.ofFrame("An extension that was not offered: " + headers);
    }
    return true;
  }

  /** A window of the server may be smaller than what inflates it. */
  private static boolean isLegalAnswer(Parameter answered) {
    String value = answered.value();
    return switch (answered.name()) {
      case SERVER_ALONE, CLIENT_ALONE -> value == null;
      case SERVER_WINDOW -> value != null && WINDOW.matcher(value).matches();
      default -> false;
    };
  }
}
