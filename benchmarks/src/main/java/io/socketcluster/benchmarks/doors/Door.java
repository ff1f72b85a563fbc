// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import io.socketcluster.benchmarks.load.LoadClient;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.util.Locale;

/** The doors, by what their clients speak. */
public enum Door {
  /** Protocol 2 of SocketCluster over WebSocket, for comparison. */
  PROTOCOL_2 {
    @Override
    public LoadClient client(int port) throws IOException {
      return new Protocol2(new Wire(port));
    }
  },

  /** Socket.IO 0.6 over WebSocket. */
  WEBSOCKET {
    @Override
    public LoadClient client(int port) throws IOException {
      return new OldSocket(new Wire(port));
    }
  },

  /** Socket.IO 0.6 over server-sent events. */
  SERVER_EVENTS {
    @Override
    public LoadClient client(int port) throws IOException {
      return new OldEvents(new Wire(port));
    }
  },

  /** Socket.IO 0.6 over polls. */
  XHR_POLLING {
    @Override
    public LoadClient client(int port) throws IOException {
      return new OldPolls(new Wire(port));
    }
  },

  /** Socket.IO 4 over polls, for comparison. */
  SOCKETIO_4_POLLING {
    @Override
    public LoadClient client(int port) throws IOException {
      return new NewPolls(new Wire(port), port);
    }
  };

  /** Connects a client. */
  public abstract LoadClient client(int port) throws IOException;

  /** Returns its name in results, such as {@code xhr-polling}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private record Protocol2(Wire wire) implements LoadClient {
    @Override
    public void open() throws IOException {
      wire.openProtocol2();
    }

    @Override
    public int await() throws IOException {
      String frame = wire.frame();
      if (frame.isEmpty()) {
        wire.sendFrame("");
        return 0;
      }
      return frame.contains("#publish") ? 1 : 0;
    }
  }

  private record OldSocket(Wire wire) implements LoadClient {
    @Override
    public void open() throws IOException {
      wire.upgrade("/socket.io/websocket");
      wire.frame();
    }

    @Override
    public int await() throws IOException {
      String frame = wire.frame();
      if (frame.contains("~h~")) {
        wire.sendFrame(frame);
        return 0;
      }
      return 1;
    }
  }

  private record OldEvents(Wire wire) implements LoadClient {
    @Override
    public void open() throws IOException {
      wire.stream("/socket.io/server-events/");
      wire.chunk();
    }

    @Override
    public int await() throws IOException {
      return count(wire.chunk(), "~m~") / 2;
    }
  }

  private static final class OldPolls implements LoadClient {
    private final Wire wire;
    private String session = "/socket.io/xhr-polling/";

    OldPolls(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void open() throws IOException {
      String packet = wire.get(session + "/1");
      session += packet.substring(packet.lastIndexOf('~') + 1) + "/1";
    }

    @Override
    public int await() throws IOException {
      return count(wire.get(session), "~m~") / 2;
    }
  }

  /** Its posts have connections of their own, for a poll is open meanwhile. */
  private static final class NewPolls implements LoadClient {
    private final Wire polls;
    private final int port;
    private String session = "/socket.io/?EIO=4&transport=polling";

    NewPolls(Wire polls, int port) {
      this.polls = polls;
      this.port = port;
    }

    @Override
    public void open() throws IOException {
      String packet = polls.get(session);
      session += "&sid=" + packet.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
      post("40");
      polls.get(session);
    }

    private void post(String packet) throws IOException {
      try (Wire posts = new Wire(port)) {
        posts.post(session, packet);
      }
    }

    @Override
    public int await() throws IOException {
      String packets = polls.get(session);
      if (packets.equals("2")) {
        post("3");
        return 0;
      }
      return count(packets, "42[");
    }
  }
}
