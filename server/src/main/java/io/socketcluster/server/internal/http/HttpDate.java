// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import io.netty.handler.codec.DateFormatter;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The dates of header fields (RFC 9110, 5.6.7), which count whole seconds. */
public final class HttpDate {
  private static final long MILLIS = 1000;

  private static volatile Second recent = Second.of(0);

  /** A second and its text. */
  private record Second(long epoch, AsciiString text) {
    static Second of(long epoch) {
      return new Second(epoch, new AsciiString(format(Instant.ofEpochSecond(epoch))));
    }
  }

  private HttpDate() {}

  /** Returns the text of the current date, which many answers share. */
  public static CharSequence now() {
    return ofSecond(System.currentTimeMillis() / MILLIS);
  }

  static CharSequence ofSecond(long epoch) {
    Second known = recent;
    if (known.epoch != epoch) {
      known = Second.of(epoch);
      recent = known;
    }
    return known.text;
  }

  /** Returns the text of a date. */
  public static String format(Instant instant) {
    return DateFormatter.format(Date.from(instant));
  }

  /** Returns the date of a text, or null when it is none. */
  public static @Nullable Instant parse(@Nullable String text) {
    Date date = text == null ? null : DateFormatter.parseHttpDate(text);
    return date == null ? null : date.toInstant();
  }
}
