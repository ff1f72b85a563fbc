// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Tells two observers; the second learns of it even when the first throws an exception. */
public record ObserverPair(ServerObserver first, ServerObserver second) implements ServerObserver {
  @Override
  public void connectionOpened(AGServerSocket socket) {
    try {
      first.connectionOpened(socket);
    } finally {
      second.connectionOpened(socket);
    }
  }

  @Override
  public void handshakeCompleted(AGServerSocket socket) {
    try {
      first.handshakeCompleted(socket);
    } finally {
      second.handshakeCompleted(socket);
    }
  }

  @Override
  public void connectionClosed(AGServerSocket socket, int code) {
    try {
      first.connectionClosed(socket, code);
    } finally {
      second.connectionClosed(socket, code);
    }
  }

  @Override
  public void messageReceived(AGServerSocket socket, int bytes) {
    try {
      first.messageReceived(socket, bytes);
    } finally {
      second.messageReceived(socket, bytes);
    }
  }

  @Override
  public void messageSent(AGServerSocket socket, int bytes) {
    try {
      first.messageSent(socket, bytes);
    } finally {
      second.messageSent(socket, bytes);
    }
  }

  @Override
  public void callAnswered(AGServerSocket socket, String procedure, long nanos, boolean isError) {
    try {
      first.callAnswered(socket, procedure, nanos, isError);
    } finally {
      second.callAnswered(socket, procedure, nanos, isError);
    }
  }

  @Override
  public void invokeCompleted(AGServerSocket socket, String event, long nanos, boolean isError) {
    try {
      first.invokeCompleted(socket, event, nanos, isError);
    } finally {
      second.invokeCompleted(socket, event, nanos, isError);
    }
  }

  @Override
  public void published(AGServerSocket socket, String channel) {
    try {
      first.published(socket, channel);
    } finally {
      second.published(socket, channel);
    }
  }

  @Override
  public void publishDelivered(String channel, int sockets, int bytes) {
    try {
      first.publishDelivered(channel, sockets, bytes);
    } finally {
      second.publishDelivered(channel, sockets, bytes);
    }
  }

  @Override
  public void publishDropped(AGServerSocket socket, int bytes) {
    try {
      first.publishDropped(socket, bytes);
    } finally {
      second.publishDropped(socket, bytes);
    }
  }

  @Override
  public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
    try {
      first.slowConsumerClosed(socket, waitingBytes);
    } finally {
      second.slowConsumerClosed(socket, waitingBytes);
    }
  }

  @Override
  public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
    try {
      first.outboundWaiting(socket, messages, bytes);
    } finally {
      second.outboundWaiting(socket, messages, bytes);
    }
  }

  @Override
  public void memoryLimited(AGServerSocket socket, long heldBytes) {
    try {
      first.memoryLimited(socket, heldBytes);
    } finally {
      second.memoryLimited(socket, heldBytes);
    }
  }

  @Override
  public void handshakeQueued(int waiting) {
    try {
      first.handshakeQueued(waiting);
    } finally {
      second.handshakeQueued(waiting);
    }
  }

  @Override
  public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
    try {
      first.handshakeRefused(why, clientAddress);
    } finally {
      second.handshakeRefused(why, clientAddress);
    }
  }

  @Override
  public void requestRefused(@Nullable InetAddress clientAddress) {
    try {
      first.requestRefused(clientAddress);
    } finally {
      second.requestRefused(clientAddress);
    }
  }

  @Override
  public void rateLimited(AGServerSocket socket) {
    try {
      first.rateLimited(socket);
    } finally {
      second.rateLimited(socket);
    }
  }
}
