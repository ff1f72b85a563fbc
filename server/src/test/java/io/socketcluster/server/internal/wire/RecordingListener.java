// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.AGServerSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a wire tells. */
public class RecordingListener implements WireListener {
  /** Stands where a transport hands on the socket; whoever uses it fails. */
  private static final AGServerSocket NO_SOCKET =
      (AGServerSocket)
          Proxy.newProxyInstance(
              AGServerSocket.class.getClassLoader(),
              new Class<?>[] {AGServerSocket.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("There is no socket above this wire");
              });

  public final List<String> told = new ArrayList<>();

  @Override
  public AGServerSocket socket() {
    return NO_SOCKET;
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
