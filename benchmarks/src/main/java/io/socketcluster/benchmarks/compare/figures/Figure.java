// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.figures;

import java.util.Locale;

/** A measured quantity: its name in the results, and its form in tables. */
public enum Figure {
  CPU("server_cpu_us_per_operation", "CPU, µs", 1, 2),
  P99("p99_us", "p99, ms", 1000, 2),
  P50("p50_us", "p50, ms", 1000, 2),
  LAST_P50("last_p50_us", "last has it, median, ms", 1000, 2),
  LAST_P99("last_p99_us", "last has it, p99, ms", 1000, 2),
  THROUGHPUT("operations_per_second", "operations/s", 1, 0),
  MEMORY_PER_SOCKET("kb_per_socket", "KB", 1, 2),
  COMPILERS("compiler_percent", "of it compilers, %", 1, 1),
  DELIVERED("delivered_percent", "delivered, %", 1, 1),
  CALL_CPU("call_cpu_us", "CPU of a call, µs", 1, 2),
  CALL_COMPILERS("call_compiler_percent", "of it compilers, %", 1, 1),
  PUBLISHING("publishing_us", "publishing server, µs", 1, 2),
  RECEIVING("receiving_us", "receiving server, µs", 1, 2),
  ALL_PROCESSES("all_us", "all processes, µs", 1, 2),
  UNPACED_PUBLISHING("unpaced_publishing_us", "publishing server, µs", 1, 2),
  UNPACED_RECEIVING("unpaced_receiving_us", "receiving server, µs", 1, 2),
  UNPACED_ALL("unpaced_all_us", "all processes, µs", 1, 2),
  UNPACED_COMPILERS("unpaced_compiler_percent", "of it compilers, %", 1, 1),
  SUBSCRIBED_IN("subscribe_ms", "subscribed in, s", 1000, 2),
  RECOVERY_CPU("recovery_cpu_ms", "CPU of a recovery, s", 1000, 2),
  RECOVERED_IN("recovered_ms", "recovered in, s", 1000, 2),
  MESSAGE_BYTES("message_bytes", "bytes of a message", 1, 0),
  KEPT_OVERHEAD("overhead_bytes", "overhead of a message, bytes", 1, 0),
  BYTES_PER_CHANNEL("bytes_per_channel", "heap of a channel, bytes", 1, 0),
  CLIENT_CPU("client_cpu_us_per_operation", "CPU of the clients, µs", 1, 2),
  REPLACED_IN("replaced_ms", "death to first answer, s", 1000, 2),
  REPLACED_WORST("replaced_worst_ms", "slowest, s", 1000, 2),
  OTHERS_USUAL("others_usual_us", "p99 of the other worker, ms", 1000, 1),
  OTHERS_MEANWHILE("others_meanwhile_us", "meanwhile, ms", 1000, 1),
  OTHERS_RATIO("others_ratio", "meanwhile / usual", 1, 2),
  OTHERS_SPARE("others_spare_us", "while a spare starts, ms", 1000, 1),
  IDLE_CPU("idle_cpu_percent", "CPU, %", 1, 2),
  RESIDENT("resident_kb", "memory, MB", 1024, 0),
  WARM_P99("warm_p99_us", "p99 when warm, ms", 1000, 2),
  COLD_P99_RATIO("cold_p99_ratio", "p99: first / warm", 1, 2),
  START("start_ms", "ms", 1, 0),
  WITHOUT_P50("without_p50_us", "p50 without, ms", 1000, 2),
  WITHOUT_P99("without_p99_us", "p99 without, ms", 1000, 2),
  WITHOUT_PEAK("without_resident_peak_kb", "most memory without, MB", 1024, 0),
  RESIDENT_PEAK("resident_peak_kb", "most memory, MB", 1024, 0),
  P99_RATIO("p99_ratio", "p99: with / without", 1, 2),
  ATTACKED_P99("attacked_p99_us", "p99 beside it, ms", 1000, 2),
  ATTACKED_WORST("attacked_worst_us", "longest wait, ms", 1000, 1),
  WITHOUT_NEWCOMER_P99("without_newcomer_p99_us", "newcomers: p99 without, ms", 1000, 1),
  NEWCOMER_P99("newcomer_p99_us", "newcomers: p99 beside it, ms", 1000, 1),
  NEWCOMER_WORST("newcomer_worst_us", "newcomers: longest wait, ms", 1000, 1),
  UNANSWERED("unanswered", "never answered", 1, 0),
  ATTACKS("attacks", "attacks", 1, 0),
  MISSING("missing", "missing", 1, 0),
  SLOW_MISSED("slow_missed", "the slow one missed", 1, 0),
  CLOSE_CODE("close_code", "and was closed with", 1, 0),
  FLOODER_CALLS("flooder_calls_per_second", "calls/s of the flooder", 1, 0),
  STORM_TIME("storm_ms", "all in, s", 1000, 1),
  STORM_CONNECTED("storm_connected", "connected", 1, 0),
  STORM_REFUSED("storm_refused", "refused", 1, 0),
  NOT_PINGED("not_pinged", "not pinged", 1, 0),
  LOST("lost", "connections lost", 1, 0),
  FIRST_BACK("first_back_ms", "first back, s", 1000, 1),
  ALL_BACK("all_back_ms", "all back, s", 1000, 1),
  DISCONNECTS("disconnects", "disconnects", 1, 0),
  SERVER_CPU("server_cpu_ms", "CPU of the new server, s", 1000, 1),
  PAUSES("pauses", "pauses", 1, 0),
  PAUSE_MAX("pause_max_ms", "longest pause, ms", 1, 2),
  PAUSE_SHARE("pause_percent", "time in pauses, %", 1, 2);

  private final String key;
  private final String title;
  private final double unit;
  private final int decimals;

  Figure(String key, String title, double unit, int decimals) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.decimals = decimals;
  }

  public String key() {
    return key;
  }

  /** Returns what a column of it is called, with the unit. */
  public String title() {
    return title;
  }

  /** Returns a measured value in the unit of {@link #title}. */
  public double scaled(double value) {
    return value / unit;
  }

  /** Returns a measured value as text, without its unit. */
  public String text(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", scaled(value));
  }
}
