// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.spring.Claims;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** Finds out, when the application starts, where the values of a method's parameters come from. */
final class Arguments {
  private final DataMapper mapper;
  private final DataValidation validation;

  Arguments(DataMapper mapper, DataValidation validation) {
    this.mapper = mapper;
    this.validation = validation;
  }

  /**
   * Returns a source for each parameter.
   *
   * @throws IllegalStateException if a parameter has none; the message names the method
   */
  List<Argument> of(Method method, HandlerKind kind) {
    List<Argument> arguments = new ArrayList<>();
    boolean hasData = false;
    for (Parameter parameter : method.getParameters()) {
      Argument known = known(parameter, kind);
      if (known == null) {
        if (hasData || !kind.hasData()) {
          throw new IllegalStateException(
              method + ": nothing can be passed for the parameter " + parameter);
        }
        hasData = true;
        known = data(method, parameter);
      }
      arguments.add(known);
    }
    return arguments;
  }

  private @Nullable Argument known(Parameter parameter, HandlerKind kind) {
    Class<?> type = parameter.getType();
    if (type == AGServer.class) {
      return Occasion::server;
    }
    if (!kind.hasSocket()) {
      return null;
    }
    if (type == AGServerSocket.class) {
      return Occasion::socket;
    }
    if (Principal.class.isAssignableFrom(type)) {
      return occasion -> principal(occasion, type);
    }
    Claims claims = parameter.getAnnotation(Claims.class);
    return claims == null ? null : claims(parameter, claims.required());
  }

  private static @Nullable Object principal(Occasion occasion, Class<?> type) {
    Principal principal = occasion.requireSocket().request().principal();
    return type.isInstance(principal) ? principal : null;
  }

  private Argument claims(Parameter parameter, boolean required) {
    JavaType type = typeOf(parameter);
    return occasion -> {
      JsonNode token = occasion.requireSocket().authToken();
      if (token == null) {
        if (required) {
          throw new AuthTokenError("The socket has no token");
        }
        return null;
      }
      return mapper.read(Payload.of(token), type);
    };
  }

  private Argument data(Method method, Parameter parameter) {
    JavaType type = typeOf(parameter);
    boolean isValidated = false;
    for (Annotation annotation : parameter.getAnnotations()) {
      isValidated |= ValidationAnnotationUtils.determineValidationHints(annotation) != null;
    }
    if (isValidated) {
      validation.requireValidator(method);
    }
    boolean validates = isValidated;
    return occasion -> {
      Payload payload = occasion.data();
      Object value = mapper.read(payload == null ? Payload.of(null) : payload, type);
      if (validates) {
        validation.check(value);
      }
      return value;
    };
  }

  private JavaType typeOf(Parameter parameter) {
    return mapper.type(parameter.getParameterizedType());
  }
}
