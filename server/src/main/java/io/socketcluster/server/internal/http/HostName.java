// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one form of a host in which two that are the same are equal. */
public final class HostName {
  private static final Pattern NAME = Pattern.compile("[a-z0-9._~-]+");

  /** Java turns these into other letters, browsers do not: the name would be that of another. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

  private HostName() {}

  /**
   * Returns a name in lower case and punycode, or an IPv6 address in brackets; null when it is
   * neither. Brackets may be missing.
   */
  static @Nullable String of(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (bare.indexOf(':') >= 0) {
      byte[] address = NetUtil.createByteArrayFromIpAddressString(bare);
      return address == null ? null : "[" + NetUtil.bytesToIpAddress(address) + "]";
    }
    String name = ascii(text).toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches() ? name : null;
  }

  /** Returns whether a text is a name or an address, without a scheme or a port. */
  public static boolean isHost(String text) {
    return of(text) != null;
  }

  private static String ascii(String name) {
    if (AMBIGUOUS.matcher(name).find()) {
      return "";
    }
    try {
      return name.chars().allMatch(each -> each < 0x80) ? name : IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
