// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.socketcluster.server.AGServerSocket;

/** What a connection tells the socket above it. Every method is called on its event loop. */
public interface WireListener {
  /** Returns the socket, for the application and for transports of other modules. */
  AGServerSocket socket();

  /** A whole message came, text or binary; the array belongs to the receiver. */
  void onMessage(byte[] message, boolean binary);

  /** A whole message came that has to be inflated. */
  void onCompressed(CompressedMessage message);

  /** What could be read in this turn of the event loop has been told. */
  void onReadComplete();

  /** Something came that is no message: the peer lives. */
  void onHeard();

  /** The peer closed, or broke the WebSocket protocol, or the connection was lost (1006). */
  void onClose(int code, String reason);

  /** A publish of this size was left out, because more waits for the peer than the limit allows. */
  void onDropped(int bytes);

  /** So many bytes more are kept for the peer: of a message that is not complete, or to be read. */
  void onGrew(int bytes);

  /** More waits for the peer than the limit allows, and the policy is to disconnect. */
  void onOverflow();
}
