// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import io.netty.channel.epoll.Epoll;
import java.util.Map;

/** A server of netty-socketio with the events that the load generator sends: {@code PORT}. */
public final class NettySocketIoServer {
  /** As often as SocketCluster pings, so that what idle sockets cost can be compared. */
  private static final int PING_INTERVAL_MS = 8000;

  private static final int BACKLOG = 4096;

  private NettySocketIoServer() {}

  public static void main(String[] args) {
    SocketIOServer server = new SocketIOServer(configuration(Integer.parseInt(args[0])));
    server.addEventListener(
        "join",
        String.class,
        (client, room, ack) -> {
          client.joinRoom(room);
          ack.sendAckData();
        });
    server.addEventListener(
        "pub",
        Map.class,
        (client, message, ack) ->
            server.getRoomOperations((String) message.get("room")).sendEvent("msg", message));
    server.addEventListener("echo", Map.class, (client, data, ack) -> ack.sendAckData(data));
    server.start();
  }

  private static Configuration configuration(int port) {
    SocketConfig socket = new SocketConfig();
    socket.setTcpNoDelay(true);
    socket.setAcceptBackLog(BACKLOG);
    int cores = Runtime.getRuntime().availableProcessors();
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(port);
    configuration.setSocketConfig(socket);
    configuration.setBossThreads(1);
    configuration.setWorkerThreads(cores);
    configuration.setUseLinuxNativeEpoll(Epoll.isAvailable());
    configuration.setTransports(Transport.WEBSOCKET);
    configuration.setPingInterval(PING_INTERVAL_MS);
    return configuration;
  }
}
