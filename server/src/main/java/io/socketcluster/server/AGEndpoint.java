// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path under which clients connect, and how they talk there. Immutable. A server has one or more;
 * their sockets share its channels, events and middleware.
 */
public final class AGEndpoint {
  /** The codec that every client has; one instance, so that all its sockets share their frames. */
  static final CodecEngine JSON = new JsonCodec();

  private final String path;
  private final ProtocolVersion protocolVersion;
  private final CodecEngine codecEngine;

  private AGEndpoint(String path, ProtocolVersion protocolVersion, CodecEngine codecEngine) {
    this.path = Objects.requireNonNull(path, "path");
    this.protocolVersion = Objects.requireNonNull(protocolVersion, "protocolVersion");
    this.codecEngine = Objects.requireNonNull(codecEngine, "codecEngine");
  }

  /**
   * Returns an endpoint for clients of protocol version 2 that use JSON.
   *
   * @param path begins with a slash and has no query
   */
  public static AGEndpoint at(String path) {
    return new AGEndpoint(path, ProtocolVersion.V2, JSON);
  }

  /** Returns this endpoint with another protocol version. */
  public AGEndpoint withProtocolVersion(ProtocolVersion version) {
    return new AGEndpoint(path, version, codecEngine);
  }

  /** Returns this endpoint with another codec: clients must use the same one. */
  public AGEndpoint withCodecEngine(CodecEngine codec) {
    return new AGEndpoint(path, protocolVersion, codec);
  }

  /** Returns the path under which clients connect. */
  public String path() {
    return path;
  }

  /** Returns the version of the protocol that is spoken. */
  public ProtocolVersion protocolVersion() {
    return protocolVersion;
  }

  /** Returns what turns messages into packets and back. */
  public CodecEngine codecEngine() {
    return codecEngine;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AGEndpoint that
        && path.equals(that.path)
        && protocolVersion == that.protocolVersion
        && codecEngine.equals(that.codecEngine);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, protocolVersion, codecEngine);
  }

  @Override
  public String toString() {
    return "AGEndpoint[" + path + ", " + protocolVersion + "]";
  }
}
