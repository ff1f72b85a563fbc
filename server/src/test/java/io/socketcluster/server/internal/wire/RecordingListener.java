// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.AGServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a wire tells. */
public class RecordingListener implements WireListener {
  public final List<String> told = new ArrayList<>();

  @Override
  public AGServerSocket socket() {
    throw new UnsupportedOperationException("There is no socket above this wire");
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    told.add("message " + new String(message, UTF_8));
  }

  @Override
  public void onReadComplete() {}

  @Override
  public void onCompressed(CompressedMessage message) {
    byte[] inflated = message.inflate();
    if (inflated != null) {
      onMessage(inflated, message.isBinary());
    }
  }

  @Override
  public void onHeard() {
    told.add("heard");
  }

  @Override
  public void onClose(int code, String reason) {
    told.add("close " + code + " " + reason);
  }

  @Override
  public void onDropped(int bytes) {
    told.add("dropped " + bytes);
  }

  @Override
  public void onGrew(int bytes) {}

  @Override
  public void onOverflow() {
    told.add("overflow");
  }
}
