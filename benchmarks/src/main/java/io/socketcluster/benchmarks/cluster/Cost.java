// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import java.time.Duration;
import java.util.Locale;

/**
 * The CPU that deliveries have taken.
 *
 * @param own how many messages have reached the clients of the publishing server
 * @param others how many have reached the clients of the other servers
 * @param publishing the CPU of the publishing server
 * @param receiving the CPU of the other servers
 * @param brokers the CPU of what joins them
 * @param compilers the part of it that compilers of JVMs had
 */
record Cost(
    long own,
    long others,
    Duration publishing,
    Duration receiving,
    Duration brokers,
    Duration compilers) {
  Cost minus(Cost other) {
    return new Cost(
        own - other.own,
        others - other.others,
        publishing.minus(other.publishing),
        receiving.minus(other.receiving),
        brokers.minus(other.brokers),
        compilers.minus(other.compilers));
  }

  long deliveries() {
    return own + others;
  }

  /** Returns members of an object of JSON. A server alone is the receiving one, too. */
  String json(String prefix) {
    Duration all = publishing.plus(receiving).plus(brokers);
    double ofPublishing = micros(publishing, own);
    return String.format(
        Locale.ROOT,
        "\"%1$spublishing_us\":%2$.3f,\"%1$sreceiving_us\":%3$.3f,\"%1$sall_us\":%4$.3f,"
            + "\"%1$sbroker_percent\":%5$.1f,\"%1$scompiler_percent\":%6$.1f",
        prefix,
        ofPublishing,
        receiving.isZero() ? ofPublishing : micros(receiving, others),
        micros(all, deliveries()),
        percent(brokers, all),
        percent(compilers, all));
  }

  private static double micros(Duration cpu, long deliveries) {
    return cpu.toNanos() / 1000.0 / deliveries;
  }

  private static double percent(Duration part, Duration all) {
    return 100.0 * part.toNanos() / all.toNanos();
  }
}
