// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an invoke: {@code {"rid":1,"data":..}} or {@code {"rid":1,"error":..}} of {@code
 * socketcluster-protocol.md}. Immutable.
 */
public final class ResponsePacket implements Packet {
  private final long rid;
  private final @Nullable Payload data;
  private final @Nullable Payload error;

  ResponsePacket(long rid, @Nullable Payload data, @Nullable Payload error) {
    this.rid = rid;
    this.data = data;
    this.error = error;
  }

  /**
   * An answer that says the call succeeded.
   *
   * @param rid the {@code cid} of the call
   * @param data what the call returned; null leaves the key out
   */
  public static ResponsePacket success(long rid, @Nullable Payload data) {
    return new ResponsePacket(rid, data, null);
  }

  /**
   * An answer that says the call failed.
   *
   * @param rid the {@code cid} of the call
   * @param error the dehydrated error, see {@link io.socketcluster.protocol.WireErrors}
   */
  public static ResponsePacket failure(long rid, Payload error) {
    return new ResponsePacket(rid, null, Objects.requireNonNull(error, "error"));
  }

  /**
   * An answer that says the call failed, and carries data besides: some clients of protocol version
   * 1 look there.
   *
   * @param rid the {@code cid} of the call
   * @param error the dehydrated error, see {@link io.socketcluster.protocol.WireErrors}
   */
  public static ResponsePacket failure(long rid, Payload error, Payload data) {
    return new ResponsePacket(
        rid, Objects.requireNonNull(data, "data"), Objects.requireNonNull(error, "error"));
  }

  /**
   * The {@code cid} of the call that this answers; within plus or minus 2^53 when it was received.
   */
  public long rid() {
    return rid;
  }

  /** Returns the result of the call, or null if the answer has no {@code data}. */
  public @Nullable Payload data() {
    return data;
  }

  /** The dehydrated error; null when the call succeeded ({@code "error":null} says that too). */
  public @Nullable Payload error() {
    return error;
  }

  @Override
  public String toString() {
    return "ResponsePacket[rid=" + rid + (error == null ? "]" : ", failed]");
  }
}
