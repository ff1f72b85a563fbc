// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.security.Principal;
import java.util.List;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import tools.jackson.databind.JsonNode;

/**
 * Names, when an application is processed ahead of time, the method of a handler, and the types
 * that Jackson makes for it or writes of it. A native image has no other reflection.
 */
final class HandlerHints implements ReflectiveProcessor {
  /** Parameters of these types are not made from data, and answers of them are written as such. */
  private static final List<Class<?>> GIVEN =
      List.of(AGServer.class, AGServerSocket.class, Principal.class, Payload.class, JsonNode.class);

  private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

  @Override
  public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
    if (element instanceof Method method) {
      hints.registerMethod(method, ExecutableMode.INVOKE);
      for (Parameter parameter : method.getParameters()) {
        if (isBound(parameter.getType())) {
          bindings.registerReflectionHints(hints, parameter.getParameterizedType());
        }
      }
      if (isBound(method.getReturnType())) {
        bindings.registerReflectionHints(hints, method.getGenericReturnType());
      }
    }
  }

  private static boolean isBound(Class<?> type) {
    return type != void.class && GIVEN.stream().noneMatch(given -> given.isAssignableFrom(type));
  }
}
