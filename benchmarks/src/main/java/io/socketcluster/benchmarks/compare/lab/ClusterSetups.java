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
  private static final int MOST_SERVERS = 3;

  /** Returns them all, the embedded engine first. */
  public List<ClusterSetup> all() {
    List<ClusterSetup> setups = new ArrayList<>();
    setups.add(new ClusterSetup("embedded-1", SOCKETCLUSTER, List.of(), server("none"), 1));
    for (String broker : List.of(NATS, REDIS)) {
      Contender server = server(broker + "://" + HOST + ":" + ClusterSetup.JOIN);
      for (int servers = 1; servers <= MOST_SERVERS; servers++) {
        String id = broker + "-" + servers;
        setups.add(new ClusterSetup(id, SOCKETCLUSTER, List.of(broker(broker)), server, servers));
      }
    }
    setups.add(scc());
    setups.add(socketIo());
    return setups;
  }

  /** Returns NATS or Redis. */
  public Contender broker(String id) {
    List<String> command =
        id.equals(NATS)
            ? List.of("nats-server", "-a", HOST, "-p", Contender.PORT)
            : List.of("redis-server", "--bind", HOST, "--save", "", "--port", Contender.PORT);
    return new Contender(id, "", command).usingAllCores();
  }

  private Contender server(String broker) {
    return contenders.javaProgram(
        "server", ClusterServer.class.getName(), "--port", Contender.PORT, "--broker", broker);
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
