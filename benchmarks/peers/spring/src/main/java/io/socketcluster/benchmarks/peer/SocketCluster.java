// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.socketcluster.micrometer.SocketClusterMetrics;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.spring.Procedure;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The parts of an application with this server. */
final class SocketCluster {
  private static final String ROOM = "room";

  private SocketCluster() {}

  @Configuration(proxyBeanMethods = false)
  static class Handlers {
    @Bean
    Echo echo() {
      return new Echo();
    }
  }

  static class Echo {
    @Procedure("echo")
    Payload echo(Payload data) {
      return data;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Meters {
    @Bean
    ServerObserver meters() {
      return new SocketClusterMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }
  }

  /** Serves the pages of the load on the own port: the memory in use, and a publish. */
  @Configuration(proxyBeanMethods = false)
  static class OwnPages {
    @Bean
    HttpHandler pages() {
      return request -> {
        if (request.path().equals("/memory")) {
          return HttpAnswer.text(200, Long.toString(Memory.usedBytes()));
        }
        String text = new String(request.body(), StandardCharsets.UTF_8);
        request.server().exchange().transmitPublish(ROOM, text);
        return HttpAnswer.text(200, "ok");
      };
    }
  }

  /** The same as a controller of Spring. */
  @RestController
  static class Pages {
    private final AGServer server;

    Pages(AGServer server) {
      this.server = server;
    }

    @PostMapping("/publish")
    String publish(@RequestBody String text) {
      server.exchange().transmitPublish(ROOM, text);
      return "ok";
    }

    @GetMapping("/memory")
    String memory() {
      return Long.toString(Memory.usedBytes());
    }
  }
}
