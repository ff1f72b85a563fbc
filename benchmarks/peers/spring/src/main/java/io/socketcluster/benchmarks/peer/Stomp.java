// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** An application with Spring's own broker, as its guide has it. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class Stomp implements WebSocketMessageBrokerConfigurer {
  private final boolean isOnJetty;

  Stomp(WebServerFactory container) {
    isOnJetty = container instanceof JettyServletWebServerFactory;
  }

  /** Both containers are on the class path: Spring would take the way of Jetty on both. */
  @Override
  public void registerStompEndpoints(StompEndpointRegistry registry) {
    RequestUpgradeStrategy upgrade =
        isOnJetty ? new JettyRequestUpgradeStrategy() : new StandardWebSocketUpgradeStrategy();
    registry.addEndpoint("/stomp").setHandshakeHandler(new DefaultHandshakeHandler(upgrade));
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry registry) {
    registry.enableSimpleBroker("/topic", "/queue");
    registry.setApplicationDestinationPrefixes("/app");
  }

  @RestController
  static class Pages {
    private final SimpMessagingTemplate template;

    Pages(SimpMessagingTemplate template) {
      this.template = template;
    }

    /** The call: its answer goes to the session that has sent it. */
    @MessageMapping("/echo")
    @SendToUser(destinations = "/queue/echo", broadcast = false)
    String echo(String data) {
      return data;
    }

    @PostMapping("/publish")
    String publish(@RequestBody String text) {
      template.convertAndSend("/topic/room", text);
      return "ok";
    }

    @GetMapping("/memory")
    String memory() {
      return Long.toString(Memory.usedBytes());
    }
  }
}
