// SPDX-License-Identifier: MIT
package io.socketcluster.server.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events. Their names and fields are public: docs/metrics.md has them. */
final class FlightEvents {
  private FlightEvents() {}

  @Name("io.socketcluster.ConnectionOpened")
  @Label("Connection Opened")
  @Description("A connection was upgraded")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class ConnectionOpened extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @Label("Client Address")
    @Nullable String clientAddress;
  }

  @Name("io.socketcluster.HandshakeCompleted")
  @Label("Handshake Completed")
  @Description("The handshake of a socket is complete")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class HandshakeCompleted extends Event {
    @Label("Socket")
    @Nullable String socketId;
  }

  @Name("io.socketcluster.ConnectionClosed")
  @Label("Connection Closed")
  @Description("A socket closed")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class ConnectionClosed extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @Label("Close Code")
    int code;
  }

  @Name("io.socketcluster.HandshakeQueued")
  @Label("Handshake Queued")
  @Description("A connection waits for its handshake")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class HandshakeQueued extends Event {
    @Label("Waiting Connections")
    int waiting;
  }

  @Name("io.socketcluster.HandshakeRefused")
  @Label("Handshake Refused")
  @Description("A connection was refused its upgrade")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class HandshakeRefused extends Event {
    @Label("Reason")
    @Nullable String reason;

    @Label("Client Address")
    @Nullable String clientAddress;
  }

  @Name("io.socketcluster.RequestRefused")
  @Label("Request Refused")
  @Description("A plain HTTP request was answered with 503")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class RequestRefused extends Event {
    @Label("Client Address")
    @Nullable String clientAddress;
  }

  @Name("io.socketcluster.SlowCall")
  @Label("Slow Call")
  @Description("A call of a client took long to answer")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class SlowCall extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @Label("Procedure")
    @Nullable String procedure;

    @Timespan(Timespan.NANOSECONDS)
    @Label("Took")
    long took;

    @Label("Error")
    boolean isError;
  }

  @Name("io.socketcluster.SlowInvoke")
  @Label("Slow Invoke")
  @Description("A call to a client took long to end")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class SlowInvoke extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @Label("Event")
    @Nullable String event;

    @Timespan(Timespan.NANOSECONDS)
    @Label("Took")
    long took;

    @Label("Error")
    boolean isError;
  }

  @Name("io.socketcluster.PublishDelivered")
  @Label("Publish Delivered")
  @Description("A publish was handed to the sockets of one event loop")
  @Category("SocketCluster")
  @StackTrace(false)
  @Enabled(false)
  static final class PublishDelivered extends Event {
    @Label("Channel")
    @Nullable String channel;

    @Label("Sockets")
    int sockets;

    @DataAmount
    @Label("Size")
    int bytes;
  }

  @Name("io.socketcluster.PublishDropped")
  @Label("Publish Dropped")
  @Description("A publish was dropped for a socket that reads too slowly")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class PublishDropped extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @DataAmount
    @Label("Size")
    int bytes;
  }

  @Name("io.socketcluster.SlowConsumerClosed")
  @Label("Slow Consumer Closed")
  @Description("A socket that reads too slowly is closed")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class SlowConsumerClosed extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @DataAmount
    @Label("Waiting Bytes")
    long waitingBytes;
  }

  @Name("io.socketcluster.OutboundWaiting")
  @Label("Outbound Waiting")
  @Description("Messages wait for a socket to read them")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class OutboundWaiting extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @Label("Messages")
    int messages;

    @DataAmount
    @Label("Size")
    long bytes;
  }

  @Name("io.socketcluster.MemoryLimited")
  @Label("Memory Limited")
  @Description("A socket is closed because of the memory kept for it")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class MemoryLimited extends Event {
    @Label("Socket")
    @Nullable String socketId;

    @DataAmount
    @Label("Held Bytes")
    long heldBytes;
  }

  @Name("io.socketcluster.RateLimited")
  @Label("Rate Limited")
  @Description("A socket sends faster than a rate allows")
  @Category("SocketCluster")
  @StackTrace(false)
  static final class RateLimited extends Event {
    @Label("Socket")
    @Nullable String socketId;
  }
}
