// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import io.socketcluster.benchmarks.cluster.ClusterServer;
import java.util.ArrayList;
import java.util.List;

/** The clusters that there are to measure. */
public record ClusterSetups(Contenders contenders, Tools tools) {
  public static final String NATS = "nats";
  public static final String REDIS = "redis";

  private static final String SOCKETCLUSTER = "socketcluster";
  private static final String SOCKETIO = "socketio";
  private static final String HOST = "127.0.0.1";
  private static final String STATE_SERVER = "io.socketcluster.broker.scc.state.SccState";

  /** Returns those of two servers that have targets, with few and with many channels. */
  public List<ClusterSetup> pairs() {
    List<ClusterSetup> setups = new ArrayList<>(List.of(embedded()));
    setups.add(joined(NATS, 2));
    for (int channels : List.of(1_000, 100_000)) {
      Contender server = server(urlOf(NATS), "--channels", Integer.toString(channels));
      String id = "nats-2-with-" + channels + "-channels";
      setups.add(new ClusterSetup(id, SOCKETCLUSTER, List.of(broker(NATS)), server, 2));
    }
    setups.add(joined(REDIS, 2));
    setups.add(scc());
    return setups;
  }

  /** Returns those of one server and of three, and Socket.IO. */
  public List<ClusterSetup> others() {
    return List.of(
        embedded(),
        joined(NATS, 1),
        joined(NATS, 3),
        joined(REDIS, 1),
        joined(REDIS, 3),
        socketIo());
  }

  private ClusterSetup embedded() {
    return new ClusterSetup("embedded-1", SOCKETCLUSTER, List.of(), server("none"), 1);
  }

  private ClusterSetup joined(String broker, int servers) {
    return new ClusterSetup(
        broker + "-" + servers,
        SOCKETCLUSTER,
        List.of(broker(broker)),
        server(urlOf(broker)),
        servers);
  }

  private static String urlOf(String broker) {
    return broker + "://" + HOST + ":" + ClusterSetup.JOIN;
  }

  /** Returns NATS or Redis. */
  public Contender broker(String id) {
    List<String> command =
        id.equals(NATS)
            ? List.of("nats-server", "-a", HOST, "-p", Contender.PORT)
            : List.of("redis-server", "--bind", HOST, "--save", "", "--port", Contender.PORT);
    return new Contender(id, "", command).usingAllCores();
  }

  private Contender server(String broker, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--port", Contender.PORT));
    arguments.addAll(List.of("--broker", broker));
    arguments.addAll(List.of(more));
    return contenders.javaProgram(
        "server", ClusterServer.class.getName(), arguments.toArray(String[]::new));
  }

  private ClusterSetup scc() {
    Contender state =
        contenders.javaProgram("state", STATE_SERVER, "--port", Contender.PORT, "--host", HOST);
    List<String> command =
        List.of(
            "env",
            "SCC_STATE_SERVER_HOST=" + HOST,
            "SCC_STATE_SERVER_PORT=" + ClusterSetup.JOIN,
            "SCC_INSTANCE_IP=" + HOST,
            "SCC_BROKER_SERVER_PORT=" + Contender.PORT,
            "node",
            tools.peers().resolve("node_modules/scc-broker/server.js").toString());
    Contender broker = new Contender("scc-broker", "", command).usingAllCores();
    return new ClusterSetup(
        "scc-2", SOCKETCLUSTER, List.of(state, broker), node("cluster-socketcluster.js"), 2);
  }

  private ClusterSetup socketIo() {
    return new ClusterSetup(
        "socketio-redis-2", SOCKETIO, List.of(broker(REDIS)), node("cluster-socketio.js"), 2);
  }

  private Contender node(String script) {
    String file = tools.peers().resolve(script).toString();
    return new Contender("node", "", List.of("node", file, Contender.PORT, ClusterSetup.JOIN));
  }
}
