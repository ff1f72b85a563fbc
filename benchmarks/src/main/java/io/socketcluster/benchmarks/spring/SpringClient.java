// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.spring;

import io.socketcluster.benchmarks.load.LoadClient;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;

/** A client that receives publishes, and calls {@code echo}. */
interface SpringClient extends LoadClient {
  /** The data of a call, as long as that of the other echoes. */
  String DATA = "x".repeat(32);

  /** Sends a call. {@link #await} returns 1 for its answer. */
  void call() throws IOException;

  /** The protocol of the clients. */
  enum Protocol {
    SOCKETCLUSTER {
      @Override
      SpringClient client(int port) throws IOException {
        return new Calling(new Wire(port));
      }
    },

    /** STOMP over WebSocket, the protocol of Spring's own broker. */
    STOMP {
      @Override
      SpringClient client(int port) throws IOException {
        return new Stomp(new Wire(port));
      }
    };

    abstract SpringClient client(int port) throws IOException;
  }

  /** A client of SocketCluster's protocol 2. */
  record Calling(Wire wire) implements SpringClient {
    private static final String CALL = "{\"event\":\"echo\",\"data\":\"" + DATA + "\",\"cid\":3}";

    @Override
    public void open() throws IOException {
      wire.openProtocol2();
    }

    @Override
    public void call() throws IOException {
      wire.sendFrame(CALL);
    }

    @Override
    public int await() throws IOException {
      String frame = wire.frame();
      if (frame.isEmpty()) {
        wire.sendFrame("");
        return 0;
      }
      return 1;
    }
  }

  /** A client of Spring's STOMP broker. The answer to a call is a message for its user alone. */
  record Stomp(Wire wire) implements SpringClient {
    @Override
    public void open() throws IOException {
      wire.upgrade("/stomp");
      wire.sendFrame("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
      wire.frame();
      wire.sendFrame("SUBSCRIBE\nid:0\ndestination:/topic/room\n\n\0");
      wire.sendFrame("SUBSCRIBE\nid:1\ndestination:/user/queue/echo\n\n\0");
    }

    @Override
    public void call() throws IOException {
      wire.sendFrame("SEND\ndestination:/app/echo\n\n" + DATA + "\0");
    }

    @Override
    public int await() throws IOException {
      return wire.frame().startsWith("MESSAGE") ? 1 : 0;
    }
  }
}
