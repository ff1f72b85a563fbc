// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.probe.BesideProbe;
import io.socketcluster.benchmarks.compare.probe.CloseCodeProbe;
import io.socketcluster.benchmarks.compare.probe.LoadProbe;
import io.socketcluster.benchmarks.compare.probe.Probe;
import io.socketcluster.benchmarks.compare.probe.RestartProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Troubles: clients beside others that read too slowly, send too much or connect all at once. */
public final class TroubleSections {
  private static final int CALLERS = 1_000;
  private static final int STORM = 20_000;
  private static final int JAVA_SOCKETS = 10_000;
  private static final int NODE_SOCKETS = 1_000;

  private static final List<String> POLICIES = List.of("disconnect", "drop_oldest", "drop_newest");

  /** The others' p99 may be half higher beside a flood. */
  private static final double FLOOD_LIMIT = 1.5;

  private final Contenders contenders;
  private final Tools tools;
  private final List<Contender> peers;
  private final int most;

  /**
   * Describes them.
   *
   * @param servers those that are compared; of them this one and the reference are
   * @param most how many connections this machine's descriptors allow
   */
  public TroubleSections(Contenders contenders, Tools tools, List<Contender> servers, int most) {
    this.contenders = contenders;
    this.tools = tools;
    this.peers =
        servers.stream()
            .filter(
                server ->
                    server.id().equals(Contenders.THIS)
                        || server.id().equals(Contenders.SOCKETCLUSTER))
            .toList();
    this.most = most;
  }

  public List<Section> all() {
    return List.of(slowReader(), flood(), storm(), restart());
  }

  private Section slowReader() {
    List<Contender> policies =
        POLICIES.stream()
            .map(
                policy ->
                    contenders.thisServer(
                        policy, "--slow-consumer-policy", policy, "--tell-closed", "yes"))
            .toList();
    return new Section(
        "slow-reader",
        "One of 100 subscribers does not read: what the other 99 notice of it",
        Contenders.SOCKETCLUSTER,
        List.of(
            Figure.WITHOUT_P50,
            Figure.WITHOUT_P99,
            Figure.WITHOUT_PEAK,
            Figure.P50,
            Figure.P99,
            Figure.RESIDENT_PEAK,
            Figure.MISSING,
            Figure.SLOW_MISSED,
            Figure.CLOSE_CODE),
        Map.of(Figure.MISSING, 0.0),
        List.of(slowReader(200_000, policies), slowReader(20_000, peers)));
  }

  private static Experiment slowReader(int publishes, List<Contender> servers) {
    String load =
        "slow-reader --connections 100 --size 1024 --window 8 --publishes "
            + publishes
            + " --slow ";
    Probe probe =
        new BesideProbe(LoadProbe.of(load + 0), new CloseCodeProbe(LoadProbe.of(load + 1)));
    return experiment("slow-reader-" + publishes, publishes + " publishes of 1 KB", servers, probe);
  }

  private Section flood() {
    List<Contender> servers = new ArrayList<>(peers);
    servers.add(contenders.thisServer("200 messages/s", "--socket-message-rate", "200"));
    String load = "flood --connections 50 --rate 500 --flooders ";
    Probe probe = new BesideProbe(LoadProbe.of(load + 0), LoadProbe.of(load + 1));
    return new Section(
        "flood",
        "One socket calls as fast as it can, 50 others 500 times a second together",
        Contenders.SOCKETCLUSTER,
        List.of(
            Figure.WITHOUT_P50,
            Figure.WITHOUT_P99,
            Figure.P50,
            Figure.P99,
            Figure.P99_RATIO,
            Figure.FLOODER_CALLS,
            Figure.LOST),
        Map.of(Figure.P99_RATIO, FLOOD_LIMIT, Figure.LOST, 0.0),
        List.of(experiment("flood-1", load + 1, servers, probe)));
  }

  private Section storm() {
    int callers = Math.min(CALLERS, Math.max(1, most / 2));
    int storm = Math.min(STORM, most - callers);
    LoadProbe probe = LoadProbe.of("storm --connections " + callers + " --storm " + storm);
    LoadProbe warm = probe.after(Sections.WARM_OPENINGS, Math.min(Sections.CONNECTS, most));
    return new Section(
        "storm",
        "Many connect at once, beside "
            + callers
            + " sockets that call 500 times a second together",
        Contenders.SOCKETCLUSTER,
        List.of(
            Figure.STORM_TIME,
            Figure.STORM_CONNECTED,
            Figure.STORM_REFUSED,
            Figure.P50,
            Figure.P99,
            Figure.NOT_PINGED,
            Figure.LOST),
        Map.of(Figure.NOT_PINGED, 0.0, Figure.LOST, 0.0),
        List.of(
            experiment("storm-first", storm + " to a server that has just started", peers, probe),
            experiment("storm-warm", storm + " to a warm server", peers, warm)));
  }

  private Section restart() {
    int java = Math.min(JAVA_SOCKETS, most);
    int node = Math.min(NODE_SOCKETS, most);
    String script = tools.peers().resolve("returning-sockets.js").toString();
    return new Section(
        "restart",
        "The server is killed and started again: until all clients are back and subscribed",
        Contenders.SOCKETCLUSTER,
        List.of(Figure.FIRST_BACK, Figure.ALL_BACK, Figure.DISCONNECTS, Figure.SERVER_CPU),
        List.of(
            experiment(
                "restart-java",
                java + " sockets of the Java client",
                peers,
                new RestartProbe(javaClients(), java)),
            experiment(
                "restart-node",
                node + " sockets of socketcluster-client 20",
                peers,
                new RestartProbe(List.of("node", script), node))));
  }

  private List<String> javaClients() {
    return List.of(
        tools.java().toString(),
        "-XX:+UseSerialGC",
        "-Xmx2g",
        "-cp",
        tools.jarOf("benchmarks").toString(),
        "io.socketcluster.benchmarks.ReturningSockets");
  }

  private static Experiment experiment(
      String id, String label, List<Contender> servers, Probe probe) {
    return new Experiment(id, label, servers, probe, Target.none());
  }
}
