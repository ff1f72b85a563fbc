// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.DoorProbe;
import io.socketcluster.benchmarks.spring.SpringLoad;
import java.util.List;
import java.util.stream.Stream;

/** This server in Spring Boot, on each container, beside Spring's own STOMP broker. */
public final class SpringSection {
  public static final String OWN_PORT = "own-port";
  public static final String METERS = "own-port-meters";
  public static final String TOMCAT = "tomcat";
  public static final String JETTY = "jetty";
  public static final String REACTOR_NETTY = "reactor-netty";
  public static final String STOMP = "stomp-";

  private static final int CONNECTIONS = 1_000;
  private static final int RATE = 20;

  private final Contenders contenders;

  SpringSection(Contenders contenders) {
    this.contenders = contenders;
  }

  Section section() {
    String label =
        CONNECTIONS + " clients: " + RATE + " publishes a second; 100 of them call, one at a time";
    Experiment experiment =
        new Experiment(
            Sections.SPRING,
            Stream.of(OWN_PORT, METERS, REACTOR_NETTY, TOMCAT, STOMP + TOMCAT, JETTY, STOMP + JETTY)
                .map(contenders::spring)
                .toList(),
            new DoorProbe(contenders.load(SpringLoad.class), CONNECTIONS, RATE),
            List.of(
                new Row(label, Figure.CPU, Target.none()),
                new Row(label, Figure.CALL_CPU, Target.none())));
    return new Section(
        Sections.SPRING,
        "Spring Boot: CPU of a delivery and of a call",
        OWN_PORT,
        List.of(
            Figure.CPU,
            Figure.COMPILERS,
            Figure.DELIVERED,
            Figure.CALL_CPU,
            Figure.CALL_COMPILERS,
            Figure.THROUGHPUT,
            Figure.MEMORY_PER_SOCKET),
        List.of(experiment));
  }
}
