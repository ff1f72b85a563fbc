// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forwards to the JSON codec. A test overrides what it changes. */
public class ForwardingCodec implements CodecEngine {
  private final CodecEngine json = new JsonCodec();

  /** Creates a codec that is not binary. */
  public ForwardingCodec() {}

  @Override
  public boolean isBinary() {
    return json.isBinary();
  }

  @Override
  public List<Packet> decode(byte[] message) {
    return json.decode(message);
  }

  @Override
  public byte[] encode(Packet packet) {
    return json.encode(packet);
  }

  @Override
  public byte[] encode(List<Packet> batch) {
    return json.encode(batch);
  }

  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return json.encodePublish(channel, data);
  }
}
