// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.LoadProbe;
import io.socketcluster.benchmarks.compare.probe.RelayedProbe;
import java.util.List;

/** The cost of encryption, compression and MessagePack, against the same load without them. */
record FormatGoals(Contenders contenders) {
  private static final String FANOUT = "fanout --connections 1000";
  private static final String ECHO = "echo --connections 100";
  private static final String LARGE = FANOUT + " --window 1 --size 1000";
  private static final String OPEN_SSL = "TLS, OpenSSL";
  private static final String JDK = "TLS, JDK";

  List<Experiment> all() {
    return List.of(
        secured("tls-openssl-fanout", OPEN_SSL, FANOUT),
        secured("tls-openssl-echo", OPEN_SSL, ECHO),
        secured("tls-jdk-fanout", JDK, FANOUT),
        secured("tls-jdk-echo", JDK, ECHO),
        deflated(),
        minBin("min-bin-fanout", FANOUT),
        minBin("min-bin-echo", ECHO));
  }

  private Experiment secured(String id, String provider, String load) {
    Contender secured = contenders.secured(provider, provider.equals(OPEN_SSL));
    return new Experiment(
        "goal-" + id,
        load + ", " + provider,
        List.of(secured, contenders.thisServer("plain")),
        new RelayedProbe(LoadProbe.of(load), List.of(provider)),
        Target.of(1.5));
  }

  private Experiment deflated() {
    return new Experiment(
        "goal-deflate",
        LARGE + ", permessage-deflate",
        List.of(
            contenders.thisServer("compressing", "--per-message-deflate", "yes"),
            contenders.thisServer("plain")),
        LoadProbe.of(LARGE + " --deflate 1"),
        Target.of(1.15));
  }

  private Experiment minBin(String id, String load) {
    return new Experiment(
        "goal-" + id,
        load + ", min-bin",
        List.of(
            contenders.thisServerSpeaking("min-bin", "min-bin", "--codec", "min-bin"),
            contenders.thisServer("JSON")),
        LoadProbe.of(load),
        Target.of(0.9));
  }
}
