// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hash of a channel modulo the number of brokers, which count in the order received. */
final class SimpleMapper implements ChannelMapper {
  private static final Pattern NUMBER = Pattern.compile("\\d+(e\\d+)?");
  private static final double TWO_POW_32 = 4_294_967_296.0;

  private final List<String> brokers;

  SimpleMapper(List<String> brokers) {
    this.brokers = List.copyOf(brokers);
  }

  @Override
  public @Nullable String brokerOf(String channel) {
    if (brokers.isEmpty()) {
      return null;
    }
    long hash = Math.abs((long) hash(Md5.hexOf(channel)));
    return brokers.get((int) (hash % brokers.size()));
  }

  /**
   * The hash begins with the text itself where a number belongs. JavaScript takes the text as the
   * number that it may look like, and otherwise as not-a-number, which the first step makes 0.
   */
  private static int hash(String hex) {
    double start = NUMBER.matcher(hex).matches() ? Double.parseDouble(hex) : Double.NaN;
    int hash = toInt32(((double) (toInt32(start) << 5) - start) + hex.charAt(0));
    for (int i = 1; i < hex.length(); i++) {
      hash = toInt32((double) (hash << 5) - hash + hex.charAt(i));
    }
    return hash;
  }

  /** ToInt32 of ECMAScript. */
  private static int toInt32(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return 0;
    }
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    return (int) (long) (whole % TWO_POW_32);
  }
}
