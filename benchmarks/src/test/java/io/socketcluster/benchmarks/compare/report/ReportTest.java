// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Reading;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.plan.ClusterSection;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.HistorySection;
import io.socketcluster.benchmarks.compare.plan.Row;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.Sections;
import io.socketcluster.benchmarks.compare.plan.SpringSection;
import io.socketcluster.benchmarks.compare.plan.Target;
import io.socketcluster.benchmarks.compare.plan.WorkersSection;
import io.socketcluster.benchmarks.compare.probe.Probe;
import io.socketcluster.benchmarks.doors.Door;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  private static final Probe NEVER =
      (contender, lab) -> {
        throw new AssertionError("nothing is measured here");
      };

  private final Readings readings = new Readings();

  private static Contender contender(String id) {
    return new Contender(id, "socketcluster", List.of("true"));
  }

  private static Section peers(Target target) {
    List<Contender> contenders = Contenders.ALL.stream().map(ReportTest::contender).toList();
    Experiment echo = new Experiment("echo-100", "echo \"1\"", contenders, NEVER, target);
    return new Section(
        Sections.PEERS, "Peers", Contenders.SOCKETCLUSTER, List.of(Figure.CPU), List.of(echo));
  }

  private void measured(String contender, double cpu, double p99) {
    Map<String, Double> figures = Map.of(Figure.CPU.key(), cpu, Figure.P99.key(), p99);
    readings.add(new Reading("echo-100", contender, 1, figures));
  }

  private Report report(Target target) {
    return new Report(List.of(peers(target)), readings, Map.of("cores", "2"));
  }

  @Test
  void theTableOfPeersHasTheFiguresAndTheSharesBesideTheirTargets() {
    measured(Contenders.THIS, 8, 1500);
    measured(Contenders.SOCKETCLUSTER, 20, 2000);
    measured(Contenders.FLOOR, 4, 500);

    String text = report(new Target(0.45, 0.6)).text();

    assertThat(text)
        .contains("8.00 µs (1.50)")
        .contains("20.00 µs (2.00)")
        .contains("| 0.400 <= 0.45 ")
        .contains("| 0.750 MISSES 0.60 ")
        .contains("| 2.000 ");
  }

  @Test
  void aGoalHasItsFiguresAndWhatTheyComeToBesideTheTarget() {
    measured("asked", 6, 1500);
    measured("alone", 4, 500);
    List<Contender> pair = List.of(contender("asked"), contender("alone"));
    Experiment ratio = new Experiment("echo-100", "echo", pair, NEVER, Target.of(1.3));
    Experiment figure =
        new Experiment(
            "echo-100",
            pair.subList(0, 1),
            NEVER,
            List.of(new Row("latency", Figure.P99, Target.of(2000))));
    Section goals =
        new Section(Sections.GOALS, "Goals", "", List.of(Figure.CPU), List.of(ratio, figure));

    Report report = new Report(List.of(goals), readings, Map.of());

    assertThat(report.text())
        .containsPattern(
            "echo +\\| CPU, µs +\\| asked +\\| 6.00 +\\| alone +\\| 4.00 +\\| 1.500 MISSES 1.30")
        .containsPattern(
            "latency +\\| p99, ms +\\| asked +\\| 1.50 +\\| - +\\| - +\\| 1500.000 <= 2000.00");
    assertThat(new Plots(List.of(goals), readings).all()).containsOnlyKeys("goals.svg");
  }

  @Test
  void aPeerThatWasNotMeasuredHasADash() {
    measured(Contenders.THIS, 8, 1500);

    assertThat(report(Target.of(0.45)).text().lines().filter(line -> line.contains("echo")))
        .singleElement()
        .asString()
        .containsPattern("8.00 µs \\(1.50\\) +\\| - +\\| - ");
  }

  @Test
  void aTargetThatIsReachedExactlyIsMet() {
    assertThat(PeersTable.judged(OptionalDouble.of(0.25), 0.25)).isEqualTo("0.250 <= 0.25");
    assertThat(PeersTable.judged(OptionalDouble.of(0.251), 0.25)).isEqualTo("0.251 MISSES 0.25");
    assertThat(PeersTable.judged(OptionalDouble.of(0.25), Target.NONE)).isEqualTo("0.250");
  }

  @Test
  void variantsHaveALineEachWithTheRatioToTheFirst() {
    List<Contender> variants = List.of(contender("absent"), contender("allowing"));
    Experiment echo = new Experiment("echo-100", "echo", variants, NEVER, Target.none());
    Section section =
        new Section("middleware", "Middleware", "absent", List.of(Figure.CPU), List.of(echo));
    measured("absent", 10, 1);
    measured("allowing", 15, 1);

    assertThat(new VariantsTable(section, readings).text().lines().skip(2))
        .containsExactly(
            "| echo     | absent   | 10.00   | 1.000 |",
            "| echo     | allowing | 15.00   | 1.500 |");
  }

  @Test
  void filesHoldEveryReading(@TempDir Path folder) throws Exception {
    measured(Contenders.THIS, 8, 1500);

    report(Target.none()).write(folder);

    JsonNode json = JsonMapper.shared().readTree(folder.resolve("readings.json").toFile());
    JsonNode reading = json.path("readings").get(0);
    assertThat(reading.path("figures").path(Figure.P99.key()).asDouble()).isEqualTo(1500);
    assertThat(json.path("environment").path("cores").asString()).isEqualTo("2");
    assertThat(folder.resolve("readings.csv"))
        .content()
        .isEqualTo(
            """
            experiment,contender,round,figure,value
            "echo-100","this",1,p99_us,1500.0
            "echo-100","this",1,server_cpu_us_per_operation,8.0
            """);
    assertThat(folder.resolve("peers.svg")).content().startsWith("<svg");
  }

  @Test
  void aDoorHasItsFiguresAndWhatTheyShouldBe() {
    door(Door.XHR_POLLING, 18, 6);
    door(Door.SOCKETIO_4_POLLING, 40, 12);
    door(Door.WEBSOCKET, 13, 5);
    door(Door.PROTOCOL_2, 10, 3);
    List<Contender> doors = Stream.of(Door.values()).map(each -> contender(each.id())).toList();
    Experiment all =
        new Experiment("doors", doors, NEVER, List.of(new Row("15/s", Figure.CPU, Target.none())));
    List<Figure> figures = List.of(Figure.CPU, Figure.MEMORY_PER_SOCKET);
    Section section = new Section(Sections.DOORS, "Doors", "", figures, List.of(all));

    assertThat(new Report(List.of(section), readings, Map.of()).text())
        .containsPattern(
            "xhr-polling +\\| 18.00 +\\| 6.00 +\\| 0.450 <= 0.50 of socketio-4-polling; 6.00 <="
                + " 8.00 KB")
        .containsPattern("websocket +\\| 13.00 +\\| 5.00 +\\| 1.300 MISSES 1.20 of protocol-2")
        .containsPattern("server-events +\\| - +\\| - +\\| - ");
  }

  @Test
  void applicationsOfSpringAreJudgedByTheOneThatEachIsComparedWith() {
    spring(SpringSection.OWN_PORT, 5, 10);
    spring(SpringSection.METERS, 6, 10.4);
    spring(SpringSection.TOMCAT, 8, 12);
    spring("stomp-tomcat", 10, 24);
    Stream<String> names =
        Stream.of(SpringSection.OWN_PORT, SpringSection.METERS, SpringSection.TOMCAT);
    List<Contender> applications = names.map(ReportTest::contender).toList();
    List<Row> rows = List.of(new Row("1,000 clients", Figure.CPU, Target.none()));
    Experiment load = new Experiment(Sections.SPRING, applications, NEVER, rows);
    List<Figure> figures = List.of(Figure.CPU, Figure.CALL_CPU);
    Section section = new Section(Sections.SPRING, "Spring Boot", "", figures, List.of(load));

    assertThat(new Report(List.of(section), readings, Map.of()).text())
        .containsPattern("tomcat +\\| 8.00 +\\| 12.00 ")
        .contains("- own-port-meters, CPU of a call, µs: 1.040 <= 1.05 of own-port\n")
        .contains("- tomcat, CPU, µs: 0.800 MISSES 0.50 of stomp-tomcat\n")
        .contains("- tomcat, CPU of a call, µs: 0.500 <= 0.50 of stomp-tomcat\n")
        .contains("- jetty, CPU, µs: - of stomp-jetty\n");
  }

  @Test
  void aHistoryIsComparedWithAChannelWithoutAndWithItsLimits() {
    history(HistorySection.FAN_OUT, "without", Figure.CPU, 2);
    history(HistorySection.FAN_OUT, "kept", Figure.CPU, 2.2);
    history(HistorySection.FAN_OUT, "positions", Figure.CPU, 2.4);
    history("history-memory", "memory", Figure.KEPT_OVERHEAD, 120);
    List<Row> rows = List.of(new Row("history", Figure.CPU, Target.none()));
    List<Contender> kinds =
        List.of(contender("without"), contender("kept"), contender("positions"));
    Experiment fanOut = new Experiment(HistorySection.FAN_OUT, kinds, NEVER, rows);
    Experiment memory = new Experiment("history-memory", List.of(contender("memory")), NEVER, rows);
    Section section =
        new Section(
            Sections.HISTORY,
            "History",
            "without",
            List.of(Figure.CPU, Figure.KEPT_OVERHEAD),
            Map.of(Figure.KEPT_OVERHEAD, 100.0),
            List.of(fanOut, memory));

    assertThat(new Report(List.of(section), readings, Map.of()).text())
        .contains("kept 1.100 <= 1.15 of without")
        .contains("positions 1.200 MISSES 1.15 of without")
        .contains("120 MISSES 100");
  }

  private void history(String experiment, String contender, Figure figure, double value) {
    readings.add(new Reading(experiment, contender, 1, Map.of(figure.key(), value)));
  }

  @Test
  void aClusterHasTheCpuOfItsServersBesideThatOfOthers() {
    cluster("embedded-1", 1.0, 1.0, 1.0);
    cluster("nats-2", 1.6, 1.2, 2.0);
    cluster("scc-2", 9, 9, 10);
    Figure subscribed = Figure.SUBSCRIBED_IN;
    String channels = ClusterSection.CHANNELS + 10;
    readings.add(new Reading(channels, "nats", 1, Map.of(subscribed.key(), 12_000.0)));
    List<Contender> clusters =
        Stream.of("embedded-1", "nats-2", "scc-2").map(ReportTest::contender).toList();
    List<Row> rows = List.of(new Row("1,000 clients", Figure.PUBLISHING, Target.none()));
    List<Experiment> experiments =
        List.of(
            new Experiment(ClusterSection.DELIVERIES, clusters, NEVER, rows),
            new Experiment(channels, List.of(contender("nats")), NEVER, rows));
    Section section = new Section(Sections.CLUSTER, "Servers", "", List.of(), experiments);

    assertThat(new Report(List.of(section), readings, Map.of()).text())
        .containsPattern("1,000 clients, 20 publishes a second\n\n.*publishing server, µs")
        .containsPattern("embedded-1 +\\| 1.00 +\\| 1.00 +\\| 1.00 +\\| - +\\| - ")
        .containsPattern(
            "nats-2 +\\| 1.60 +\\| 1.20 +\\| 2.00 +\\| - +\\|"
                + " publishing 1.600 MISSES 1.50 of embedded-1;"
                + " receiving 1.200 <= 1.30 of embedded-1; all 0.200 <= 0.25 of scc-2")
        .containsPattern("nats +\\| 12.00 MISSES 10.00 \\| - ");
  }

  @Test
  void aReplacementHasItsTimeAndWhatItDoesToOthersBesideTheirTargets() {
    List<Contender> both = List.of(contender("2 workers"), contender("never measured"));
    List<Experiment> experiments =
        List.of(
            new Experiment(WorkersSection.DELIVERIES, "load", both, NEVER, Target.none()),
            new Experiment(WorkersSection.REPLACEMENT, "deaths", both, NEVER, Target.none()));
    readings.add(
        new Reading(
            WorkersSection.DELIVERIES, "2 workers", 1, Map.of(Figure.RESIDENT.key(), 2048.0)));
    readings.add(
        new Reading(
            WorkersSection.REPLACEMENT,
            "2 workers",
            1,
            Map.of(Figure.REPLACED_IN.key(), 1000.0, Figure.OTHERS_RATIO.key(), 2.5)));
    Section section = new Section(Sections.WORKERS, "Workers", "", List.of(), experiments);
    assertThat(new Report(List.of(section), readings, Map.of()).text())
        .contains("| 1.00 <= 1.00 ", "| 2.50 MISSES 2.00 ", "| 2 ")
        .containsPattern("never measured +\\| -");
  }

  private void cluster(String id, double publishing, double receiving, double all) {
    Map<String, Double> figures =
        Map.of(
            Figure.PUBLISHING.key(), publishing,
            Figure.RECEIVING.key(), receiving,
            Figure.ALL_PROCESSES.key(), all);
    readings.add(new Reading(ClusterSection.DELIVERIES, id, 1, figures));
  }

  private void door(Door door, double cpu, double memory) {
    Map<String, Double> figures =
        Map.of(Figure.CPU.key(), cpu, Figure.MEMORY_PER_SOCKET.key(), memory);
    readings.add(new Reading("doors", door.id(), 1, figures));
  }

  private void spring(String application, double cpu, double callCpu) {
    Map<String, Double> figures = Map.of(Figure.CPU.key(), cpu, Figure.CALL_CPU.key(), callCpu);
    readings.add(new Reading(Sections.SPRING, application, 1, figures));
  }
}
