// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.validation.Validator;

/**
 * Registers the annotated methods of all beans with a server, once the beans exist and before the
 * server accepts connections.
 */
public final class HandlerBeans implements SmartInitializingSingleton {
  private final AGServer server;
  private final HandlerMethods methods;
  private final CallDecorator decorator;
  private final List<HandlerMethod> ofSockets = new ArrayList<>();
  private final List<HandlerMethod> ofConnections = new ArrayList<>();

  /**
   * @param validator checks data that a method wants validated; null if there is none
   * @param decorator is given the handler of each procedure of a socket
   */
  public HandlerBeans(
      AGServer server,
      ConfigurableListableBeanFactory beans,
      @Nullable Validator validator,
      CallDecorator decorator) {
    this.server = server;
    this.decorator = decorator;
    this.methods =
        new HandlerMethods(
            beans, new Arguments(server.options().dataMapper(), new DataValidation(validator)));
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (HandlerMethod method : methods.find()) {
      switch (method.kind()) {
        case CHANNEL -> subscribe(method);
        case CONNECTION -> ofConnections.add(method);
        case PROCEDURE, RECEIVER -> ofSockets.add(method);
      }
    }
    if (!ofSockets.isEmpty() || !ofConnections.isEmpty()) {
      server.onConnection(this::connected);
    }
  }

  private void subscribe(HandlerMethod method) {
    server
        .exchange()
        .subscribe(method.name(), Payload.class)
        .consume(data -> method.call(new Occasion(server, null, data)));
  }

  private void connected(AGServerSocket socket) {
    ofSockets.forEach(method -> register(socket, method));
    ofConnections.forEach(method -> Thread.startVirtualThread(() -> tell(socket, method)));
  }

  /** Another socket does not wait for what is done for this one. */
  private void tell(AGServerSocket socket, HandlerMethod method) {
    try {
      method.call(new Occasion(server, socket, null));
    } catch (Exception e) {
      server.emitWarning(e);
    }
  }

  private void register(AGServerSocket socket, HandlerMethod method) {
    if (method.kind() == HandlerKind.PROCEDURE) {
      socket
          .procedure(method.name(), Payload.class)
          .consume(decorator.decorate(request -> answer(socket, request, method)));
    } else {
      socket.receiver(method.name(), Payload.class).consume(data -> receive(socket, data, method));
    }
  }

  private void answer(AGServerSocket socket, AGRequest<Payload> request, HandlerMethod method)
      throws Exception {
    Object result = method.call(new Occasion(server, socket, request.data()));
    request.end(result instanceof CompletionStage<?> later ? await(later) : result);
  }

  /** The thread is virtual, and the next call of the socket waits for this one anyway. */
  private static @Nullable Object await(CompletionStage<?> later) throws Exception {
    try {
      return later.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void receive(AGServerSocket socket, Payload data, HandlerMethod method) throws Exception {
    try {
      method.call(new Occasion(server, socket, data));
    } catch (InvalidArgumentsError e) {
      socket.emitError(e);
    }
  }
}
