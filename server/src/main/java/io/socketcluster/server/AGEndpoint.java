// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path to which clients connect, with its protocol version and codec. Immutable. All endpoints of
 * a server share its channels, events and middleware.
 */
public final class AGEndpoint {
  /** The codec that every client has; one instance, so that all its sockets share their frames. */
  private static final CodecEngine JSON = new JsonCodec();

  private final String path;
  private final @Nullable ProtocolVersion givenVersion;
  private final CodecEngine codecEngine;
  private final boolean pingsThroughCodec;

  private AGEndpoint(
      String path,
      @Nullable ProtocolVersion givenVersion,
      CodecEngine codecEngine,
      boolean pingsThroughCodec) {
    this.path = Objects.requireNonNull(path, "path");
    this.givenVersion = givenVersion;
    this.codecEngine = Objects.requireNonNull(codecEngine, "codecEngine");
    this.pingsThroughCodec = pingsThroughCodec;
  }

  /**
   * Returns an endpoint for clients that use JSON, whichever version of the protocol they speak.
   *
   * @param path begins with a slash and has no query; clients may leave a slash at its end out
   */
  public static AGEndpoint of(String path) {
    return new AGEndpoint(path, null, JSON, true);
  }

  /** Returns this endpoint for clients of one version, or with {@code DETECT} of both. */
  public AGEndpoint withProtocolVersion(ProtocolVersion version) {
    Objects.requireNonNull(version, "version");
    return new AGEndpoint(path, version, codecEngine, pingsThroughCodec);
  }

  /**
   * Returns this endpoint with another codec, which its clients must use as well. The endpoint then
   * speaks version 2 unless a version was set.
   */
  public AGEndpoint withCodecEngine(CodecEngine codec) {
    return new AGEndpoint(path, givenVersion, codec, pingsThroughCodec);
  }

  /**
   * Returns this endpoint with pings of protocol version 1 that pass through the codec, or do not.
   * Clients 5.1 to 14 expect the former, which is the default. Clients 15 and later that are
   * configured for version 1 expect the latter. The setting has no effect with JSON or version 2.
   */
  public AGEndpoint withPingsThroughCodec(boolean throughCodec) {
    return new AGEndpoint(path, givenVersion, codecEngine, throughCodec);
  }

  /** Returns the path to which clients connect. */
  public String path() {
    return path;
  }

  /**
   * Returns the protocol version: the version that was set, or {@link ProtocolVersion#DETECT} with
   * the JSON codec and {@link ProtocolVersion#V2} with any other codec.
   */
  public ProtocolVersion protocolVersion() {
    if (givenVersion != null) {
      return givenVersion;
    }
    return codecEngine instanceof JsonCodec ? ProtocolVersion.DETECT : ProtocolVersion.V2;
  }

  /** Returns the codec that turns messages into packets and back. */
  public CodecEngine codecEngine() {
    return codecEngine;
  }

  /** Returns whether pings of protocol version 1 pass through the codec. */
  public boolean pingsThroughCodec() {
    return pingsThroughCodec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AGEndpoint that
        && path.equals(that.path)
        && protocolVersion() == that.protocolVersion()
        && codecEngine.equals(that.codecEngine)
        && pingsThroughCodec == that.pingsThroughCodec;
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, protocolVersion(), codecEngine, pingsThroughCodec);
  }

  @Override
  public String toString() {
    return "AGEndpoint[" + path + ", " + protocolVersion() + "]";
  }
}
