// SPDX-License-Identifier: MIT
package io.socketcluster.examples.spring;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.spring.Claims;
import io.socketcluster.spring.Procedure;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The procedures of the chat. */
@Component
class ChatHandlers {
  record Login(@NotBlank @Size(max = 20) String name) {}

  record User(String name) {}

  record Line(@NotBlank @Size(max = 500) String text) {}

  @Procedure("login")
  void login(@Valid Login login, AGServerSocket socket) {
    socket.setAuthToken(new User(login.name())).join();
  }

  @Procedure("say")
  void say(@Valid Line line, @Claims(required = true) User user, AGServer agServer) {
    Map<String, String> said = Map.of("from", user.name(), "text", line.text());
    agServer.exchange().invokePublish("chat", said).join();
  }
}
