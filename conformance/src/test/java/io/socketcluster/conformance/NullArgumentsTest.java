// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.client.FileAuthEngine;
import io.socketcluster.client.ProxyOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.AuthKeys;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.TlsOptions;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A null for what must not be null is refused where it is passed in, by the parameter's name. */
class NullArgumentsTest {
  /**
   * The types that a program calls first. Options, and records that are options, refuse in build().
   */
  private static final List<Class<?>> TYPES =
      List.of(
          AGExchange.class,
          AGMiddleware.class,
          AuthKey.class,
          AuthKeys.class,
          DataMapper.class,
          FileAuthEngine.class,
          HttpAnswer.class,
          HttpHandler.class,
          JwtAuthEngine.class,
          SocketCluster.class,
          SocketClusterClient.class,
          TlsOptions.class);

  /** Arguments of parameters that are not null; other types get a proxy that does nothing. */
  private static final Map<Class<?>, Object> VALUES =
      Map.of(
          String.class,
          "x",
          Duration.class,
          Duration.ofSeconds(1),
          int.class,
          200,
          double.class,
          1.5,
          Path.class,
          Path.of("."),
          Class.class,
          NullArgumentsTest.class,
          byte[].class,
          new byte[0],
          Map.class,
          Map.of(),
          JsonMapper.class,
          JsonMapper.builder().build(),
          AuthKey.class,
          AuthKey.random());

  static Stream<Arguments> parameters() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> type : TYPES) {
      Stream<Method> factories =
          Arrays.stream(type.getDeclaredMethods())
              .filter(method -> Modifier.isPublic(method.getModifiers()))
              .filter(method -> Modifier.isStatic(method.getModifiers()))
              .filter(method -> !method.isSynthetic());
      Stream.concat(Arrays.stream(type.getConstructors()), factories)
          .forEach(each -> addParameters(all, type, each));
    }
    return all.stream();
  }

  private static void addParameters(List<Arguments> all, Class<?> type, Executable called) {
    for (int i = 0; i < called.getParameterCount(); i++) {
      Parameter parameter = called.getParameters()[i];
      if (!parameter.getType().isPrimitive()
          && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        String name = type.getSimpleName() + "." + called.getName() + " " + parameter.getName();
        all.add(Arguments.of(Named.of(name, called), i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void nullIsRefusedAtOnce(Executable called, int index) {
    @Nullable Object[] arguments =
        Arrays.stream(called.getParameterTypes()).map(NullArgumentsTest::valueOf).toArray();
    arguments[index] = null;

    Throwable refusal = catchThrowable(() -> call(called, arguments));

    if (!(refusal instanceof InvalidOptionsError)) {
      assertThat(refusal)
          .isInstanceOf(NullPointerException.class)
          .hasMessage(called.getParameters()[index].getName());
    }
  }

  private static void call(Executable called, @Nullable Object[] arguments) throws Throwable {
    try {
      if (called instanceof Method method) {
        method.invoke(null, arguments);
      } else {
        ((Constructor<?>) called).newInstance(arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object valueOf(Class<?> type) {
    Object known = VALUES.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return type.isInterface()
        ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> null)
        : defaultOf(type);
  }

  private static Object defaultOf(Class<?> type) {
    if (type == TlsOptions.Pem.class) {
      return TlsOptions.Pem.of("x");
    }
    if (type == AuthKeys.class) {
      return AuthKeys.of(AuthKey.random());
    }
    try {
      return type.getField("DEFAULT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("No value of " + type, e);
    }
  }

  @ParameterizedTest
  @MethodSource("valuesOfOptions")
  void aValueOfOptionsIsRefusedAtOnce(Runnable call) {
    Throwable refusal = catchThrowable(call::run);

    assertThat(refusal).isInstanceOf(NullPointerException.class);
    assertThat(refusal.getMessage()).matches("[a-zA-Z]+");
  }

  @SuppressWarnings("NullAway") // that is what is tested
  static Stream<Named<Runnable>> valuesOfOptions() {
    AuthKey key = AuthKey.random();
    return Stream.of(
        Named.of("withId", () -> key.withId(null)),
        Named.of("accepting", () -> key.accepting((String[]) null)),
        Named.of("withCredentials", () -> ProxyOptions.http("x", 1).withCredentials(null, "x")),
        Named.of("secret", () -> ProxyOptions.http("x", 1).withCredentials("x", null)),
        Named.of("header", () -> AuthTokenOptions.builder().header(null, "x")),
        Named.of("value", () -> AuthTokenOptions.builder().header("x", null)),
        Named.of("audience", () -> AuthTokenOptions.builder().audience((String[]) null)),
        Named.of("withHeader", () -> HttpAnswer.of(200).withHeader("x", null)));
  }
}
