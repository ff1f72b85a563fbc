// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.cluster.ChannelsLoad;
import io.socketcluster.benchmarks.cluster.ClusterLoad;
import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.ClusterSetup;
import io.socketcluster.benchmarks.compare.lab.ClusterSetups;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.probe.ChannelsProbe;
import io.socketcluster.benchmarks.compare.probe.ClusterProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Servers joined by a broker: what a delivery costs each process, and what channels cost. */
public final class ClusterSection {
  /** Two servers, with few and with many channels. */
  public static final String DELIVERIES = "cluster-deliveries";

  public static final String CHANNELS = "cluster-channels-";

  /** The numbers of channels that are subscribed at a broker. */
  public static final List<Integer> CHANNEL_COUNTS = List.of(1_000, 10_000, 100_000);

  /** One server and three. */
  private static final String OTHERS = "cluster-others";

  private static final int CONNECTIONS = 1_000;
  private static final int RATE = 20;

  private final Contenders contenders;
  private final ClusterSetups setups;

  ClusterSection(Contenders contenders, Tools tools) {
    this.contenders = contenders;
    this.setups = new ClusterSetups(contenders, tools);
  }

  Section section() {
    List<Experiment> experiments = new ArrayList<>();
    experiments.add(deliveries(DELIVERIES, setups.pairs()));
    experiments.add(deliveries(OTHERS, setups.others()));
    CHANNEL_COUNTS.forEach(count -> experiments.add(channels(count)));
    return new Section(
        Sections.CLUSTER,
        "Several servers: CPU of a delivery",
        "embedded-1",
        List.of(Figure.PUBLISHING, Figure.RECEIVING, Figure.ALL_PROCESSES),
        experiments);
  }

  private Experiment deliveries(String id, List<ClusterSetup> clusters) {
    List<String> clients = contenders.load(ClusterLoad.class);
    String label = CONNECTIONS + " clients at each server";
    return new Experiment(
        id,
        clusters.stream().map(each -> new Contender(each.id(), "", List.of())).toList(),
        new ClusterProbe(clusters, clients, CONNECTIONS, RATE),
        List.of(
            new Row(label, Figure.THROUGHPUT, Target.none()),
            new Row(label, Figure.PUBLISHING, Target.none()),
            new Row(label, Figure.RECEIVING, Target.none()),
            new Row(label, Figure.ALL_PROCESSES, Target.none())));
  }

  private Experiment channels(int count) {
    String label = String.format(Locale.ROOT, "%,d channels", count);
    return new Experiment(
        CHANNELS + count,
        List.of(setups.broker(ClusterSetups.NATS), setups.broker(ClusterSetups.REDIS)),
        new ChannelsProbe(contenders.load(ChannelsLoad.class), count),
        List.of(
            new Row(label, Figure.SUBSCRIBED_IN, Target.none()),
            new Row(label, Figure.BYTES_PER_CHANNEL, Target.none())));
  }
}
