// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.JvmVariants;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.probe.IdleProbe;
import io.socketcluster.benchmarks.compare.probe.LoadProbe;
import io.socketcluster.benchmarks.compare.probe.PauseProbe;
import io.socketcluster.benchmarks.compare.probe.StartProbe;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be measured. */
public final class Sections {
  public static final String PEERS = "peers";
  public static final String GOALS = "goals";
  public static final String REVISION = "revision";
  public static final String DOORS = "doors";
  public static final String CLUSTER = "cluster";
  public static final String WORKERS = "workers";
  public static final String HISTORY = "history";
  public static final String SPRING = "spring";
  public static final String LARGE_ROOMS = "large-rooms";

  private static final int MANY = 15_000;
  private static final int FEW = 1_000;
  public static final int CONNECTS = 10_000;

  /** As many times that many connections until a server on the JVM is past its compiler. */
  public static final int WARM_OPENINGS = 6;

  private static final List<Integer> ROOM_SIZES = List.of(100, 300, 1_000, 3_000, 10_000, MANY);

  private static final String FANOUT_ONE = "fanout --connections 100 --window 1";
  private static final String FANOUT_100 = "fanout --connections 100";
  private static final String FANOUT_1000 = "fanout --connections 1000";
  private static final String FANOUT_DEEP = "fanout --connections 1000 --window 32";
  private static final String ECHO = "echo --connections 100";
  private static final String ECHO_DEEP = "echo --connections 100 --depth 8";

  private static final List<Figure> SPEED = List.of(Figure.CPU, Figure.P99, Figure.THROUGHPUT);

  private final Contenders contenders;
  private final Tools tools;
  private final List<Contender> peers;
  private final int most;

  /**
   * Describes them.
   *
   * @param peers those that are compared with each other
   * @param most how many connections this machine's descriptors allow
   */
  public Sections(Contenders contenders, Tools tools, List<Contender> peers, int most) {
    this.contenders = contenders;
    this.tools = tools;
    this.peers = List.copyOf(peers);
    this.most = most;
  }

  public List<Section> all() {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(PEERS, "This server and its peers", Contenders.SOCKETCLUSTER, SPEED, peers()));
    sections.addAll(List.of(largeRooms(), middleware(), eventLoops(), start(), jvms()));
    sections.addAll(new TroubleSections(contenders, tools, peers, most).all());
    sections.add(new AttackSection(contenders, most).section());
    sections.add(new DoorSection(contenders).section());
    sections.add(new SpringSection(contenders).section());
    sections.add(new ClusterSection(contenders, tools).section());
    sections.add(new WorkersSection(contenders).section());
    sections.add(new HistorySection(contenders, most).section());
    sections.add(new GoalSection(contenders, tools, most).section());
    return sections;
  }

  private List<Experiment> peers() {
    List<Experiment> experiments = new ArrayList<>();
    experiments.add(peer("fanout-100-window-1", FANOUT_ONE, new Target(0.62, 1)));
    experiments.add(peer("fanout-100", FANOUT_100, new Target(0.25, 0.5)));
    experiments.add(peer("fanout-1000", FANOUT_1000, new Target(0.15, 0.2)));
    experiments.add(peer("fanout-1000-window-32", FANOUT_DEEP, new Target(0.03, 0.05)));
    experiments.add(paced());
    experiments.add(
        peer("rooms-of-10", "rooms --connections 1000 --room 10", new Target(0.36, 0.5)));
    experiments.add(peer("echo-100", ECHO, new Target(0.45, 0.6)));
    experiments.add(peer("echo-100-depth-8", ECHO_DEEP, Target.of(0.3)));
    experiments.add(connect("connect", "connect, warmed up", WARM_OPENINGS, Target.of(0.33)));
    experiments.add(connect("connect-first", "connect, first after the start", 0, Target.none()));
    experiments.add(idle());
    return experiments;
  }

  private Experiment peer(String id, String load, Target target) {
    return new Experiment(id, load, peers, LoadProbe.of(load), target);
  }

  /** Twenty publishes in a second warm up no compiler: as many as possible come before. */
  private Experiment paced() {
    String load = FANOUT_1000 + " --rate 20";
    LoadProbe probe = LoadProbe.of(load).after(FANOUT_1000);
    return new Experiment("fanout-1000-rate-20", load, peers, probe, new Target(0.4, 0.8));
  }

  private Experiment connect(String id, String label, int openings, Target target) {
    int connects = Math.min(CONNECTS, most);
    LoadProbe probe = LoadProbe.opening(connects, openings);
    return new Experiment(id, label + ", " + connects + " sockets", peers, probe, target);
  }

  private Experiment idle() {
    int many = Math.min(MANY, most);
    String sockets = ", " + many + " idle sockets";
    return new Experiment(
        "idle",
        peers,
        new IdleProbe(Math.min(FEW, many / 2), many),
        List.of(
            new Row("memory of a socket" + sockets, Figure.MEMORY_PER_SOCKET, Target.of(0.33)),
            new Row("CPU of pinging" + sockets, Figure.IDLE_CPU, Target.of(0.33))));
  }

  /** One publish at a time to rooms that grow. */
  private Section largeRooms() {
    List<Experiment> experiments = new ArrayList<>();
    for (int size : ROOM_SIZES.stream().map(size -> Math.min(size, most)).distinct().toList()) {
      String load = "fanout --connections " + size + " --window 1";
      String label = Integer.toString(size);
      LoadProbe probe = LoadProbe.of(load);
      experiments.add(new Experiment("room-" + size, label, peers, probe, Target.none()));
    }
    List<Figure> figures = List.of(Figure.CPU, Figure.P99, Figure.LAST_P50, Figure.LAST_P99);
    String title = "Large rooms: one publish at a time to so many subscribers";
    return new Section(LARGE_ROOMS, title, Contenders.SOCKETCLUSTER, figures, experiments);
  }

  private Section middleware() {
    String absent = "absent";
    List<Contender> variants =
        List.of(
            contenders.thisServer(absent),
            contenders.thisServer("allowing", "--middleware", "allowing"),
            contenders.thisServer("deciding", "--middleware", "deciding"),
            nonBlocking("allowing"),
            nonBlocking("deciding"));
    return variants(
        "middleware",
        "Middleware: absent; in and out, allowing everything; in, and looking at the data",
        absent,
        variants,
        SPEED,
        List.of(FANOUT_ONE, FANOUT_1000, ECHO));
  }

  private Contender nonBlocking(String kind) {
    String name = kind + "-non-blocking";
    return contenders.thisServer(name, "--middleware", name);
  }

  private Section eventLoops() {
    String one = "1 event loop";
    List<Contender> variants =
        List.of(
            contenders.thisServer(one, "--event-loops", "1").usingAllCores(),
            contenders.thisServer("2 event loops", "--event-loops", "2").usingAllCores());
    int cores = Runtime.getRuntime().availableProcessors();
    return variants(
        "event-loops",
        "Event loops, on all " + cores + " cores, one of them shared with the load generator",
        one,
        variants,
        SPEED,
        List.of(FANOUT_1000, FANOUT_DEEP, ECHO_DEEP));
  }

  private Section start() {
    String plain = "without an archive";
    Contender with = contenders.demo("bin/demo");
    Contender without = contenders.demo(plain, "DEMO_JAVA_OPTS=-Xshare:auto");
    Experiment experiment =
        new Experiment(
            "start-demo",
            List.of(with, without),
            new StartProbe(),
            List.of(new Row("bin/demo", Figure.START, Target.none())));
    String title = "From the start of bin/demo until GET /health-check is answered";
    return new Section("start", title, plain, List.of(Figure.START), List.of(experiment));
  }

  private Section jvms() {
    List<Contender> variants = new JvmVariants(contenders).all();
    List<Experiment> experiments = new ArrayList<>();
    for (String load : List.of(FANOUT_1000, ECHO)) {
      PauseProbe probe = new PauseProbe(LoadProbe.of(load));
      experiments.add(new Experiment(idOf("jvm", load), load, variants, probe, Target.none()));
    }
    List<Figure> figures =
        List.of(
            Figure.CPU,
            Figure.P99,
            Figure.RESIDENT,
            Figure.PAUSES,
            Figure.PAUSE_MAX,
            Figure.PAUSE_SHARE);
    String title = "What the JVM and the transport do to this server";
    return new Section("jvm", title, JvmVariants.BASELINE, figures, experiments);
  }

  /** As in {@code middleware-fanout-100-window-1}. */
  private static String idOf(String section, String load) {
    return section + "-" + load.replace("--connections ", "").replace("--", "").replace(' ', '-');
  }

  private static Section variants(
      String id,
      String title,
      String baseline,
      List<Contender> variants,
      List<Figure> figures,
      List<String> loads) {
    List<Experiment> experiments = new ArrayList<>();
    for (String load : loads) {
      LoadProbe probe = LoadProbe.of(load);
      experiments.add(new Experiment(idOf(id, load), load, variants, probe, Target.none()));
    }
    return new Section(id, title, baseline, figures, experiments);
  }
}
