// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.AuthTokenNotBeforeError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidMessageError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.protocol.errors.ProcessExitError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.ServerProtocolError;
import io.socketcluster.protocol.errors.SilentMiddlewareBlockedError;
import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.protocol.errors.UnknownError;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireErrorsTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  static List<AGException> known() {
    return List.of(
        new AuthTokenExpiredError("m", TIME),
        new AuthTokenInvalidError("m"),
        new AuthTokenNotBeforeError("m", TIME),
        new AuthTokenError("m"),
        new AuthError("m"),
        new SilentMiddlewareBlockedError("m", "inbound"),
        new InvalidActionError("m"),
        new InvalidArgumentsError("m"),
        new InvalidOptionsError("m"),
        new InvalidMessageError("m"),
        new SocketProtocolError("m", 1006),
        new ServerProtocolError("m"),
        new HTTPServerError("m"),
        new ResourceLimitError("m"),
        new TimeoutError("m"),
        new BadConnectionError("m", "disconnect", 4001, "why"),
        new BrokerError("m"),
        new ProcessExitError("m", 3),
        new UnknownError("m"));
  }

  @ParameterizedTest
  @MethodSource("known")
  void errorsOfTheProtocolSurviveTheWay(AGException error) {
    Payload wire = WireErrors.dehydrate(error);
    AGException arrived = WireErrors.hydrate(wire);

    assertThat(error.name()).isEqualTo(error.getClass().getSimpleName());
    assertThat(arrived).hasSameClassAs(error).hasMessage("m");
    assertThat(arrived.name()).isEqualTo(error.name());
    assertThat(arrived.properties()).hasSameSizeAs(error.properties());
    assertThat(WireErrors.dehydrate(arrived)).hasToString(wire.toString());
  }

  @Test
  void dehydratesAsTheReferenceDoes() {
    assertThat(WireErrors.dehydrate(new AuthTokenExpiredError("jwt expired", TIME)))
        .hasToString(
            "{\"message\":\"jwt expired\",\"name\":\"AuthTokenExpiredError\","
                + "\"expiry\":\"2026-01-02T03:04:05.678Z\"}");
    assertThat(WireErrors.dehydrate(new BadConnectionError("m", "disconnect", 0, "")))
        .hasToString(
            "{\"message\":\"m\",\"name\":\"BadConnectionError\",\"type\":\"disconnect\","
                + "\"code\":1001,\"reason\":\"Socket was disconnected\"}");
  }

  @Test
  void ownNamesAndPropertiesSurviveTheWay() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("z", List.of(1, "two"));
    properties.put("a", Map.of("b", true));
    properties.put("code", 42);
    AGException error = new AGException("FailedLoginError", "Wrong password", properties);
    Payload wire = WireErrors.dehydrate(error);
    AGException arrived = WireErrors.hydrate(wire);

    assertThat(wire)
        .hasToString(
            "{\"message\":\"Wrong password\",\"name\":\"FailedLoginError\","
                + "\"z\":[1,\"two\"],\"a\":{\"b\":true},\"code\":42}");
    assertThat(arrived).isExactlyInstanceOf(AGException.class).hasMessage("Wrong password");
    assertThat(arrived.name()).isEqualTo("FailedLoginError");
    assertThat(arrived.properties()).isEqualTo(properties);
    assertThat(arrived.properties().keySet()).containsExactly("z", "a", "code");
  }

  @Test
  void otherExceptionsPassedOnPurposeShowTheirMessage() {
    assertThat(WireErrors.dehydrate(new IllegalStateException("no")))
        .hasToString("{\"message\":\"no\",\"name\":\"IllegalStateException\"}");
    assertThat(WireErrors.dehydrate(new RuntimeException() {}))
        .hasToString("{\"message\":\"\",\"name\":\"Error\"}");
  }

  @Test
  void unexpectedExceptionsShowNothing() {
    assertThat(WireErrors.dehydrateUnexpected())
        .hasToString("{\"message\":\"Internal server error\",\"name\":\"UnknownError\"}");
  }

  @Test
  void aPropertyWithoutJsonDoesNotStopTheError() {
    Map<String, Object> cycle = new LinkedHashMap<>();
    cycle.put("self", cycle);
    AGException error = new AGException("E", "m", Map.of("cycle", cycle));

    assertThat(WireErrors.dehydrate(error.withProperty("a", 1)))
        .hasToString("{\"message\":\"m\",\"name\":\"E\",\"a\":1}");
  }

  @Test
  void anObjectWithoutAMessageOrNameIsAnErrorStill() {
    AGException error = hydrate("{\"message\":5,\"name\":null,\"x\":null,\"y\":1.5}");

    assertThat(error).hasMessage("Invalid error message format");
    assertThat(error.name()).isEqualTo("Error");
    assertThat(error.properties()).isEqualTo(Map.of("y", 1.5));
    assertThat(hydrate("{}")).hasMessage("Invalid error message format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "[1,2]", "null"})
  void whatIsNoObjectIsTheMessage(String json) {
    assertThat(hydrate(json)).hasMessage(json).hasToString("Error: " + json);
  }

  @Test
  void aStringIsTheMessage() {
    assertThat(hydrate("\"went \\\"wrong\\\"\"")).hasMessage("went \"wrong\"");
  }

  @Test
  void typedPropertiesOfWrongFormAreAbsent() {
    AuthTokenExpiredError noDate =
        (AuthTokenExpiredError) hydrate("{\"name\":\"AuthTokenExpiredError\",\"expiry\":\"soon\"}");
    BadConnectionError bare = (BadConnectionError) hydrate("{\"name\":\"BadConnectionError\"}");

    assertThat(noDate.expiry()).isNull();
    assertThat(bare.type()).isNull();
    assertThat(bare.reason()).isNull();
    assertThat(bare.code()).isZero();
  }

  @Test
  void typedPropertiesAreReadOnBothEnds() {
    AuthTokenNotBeforeError here = new AuthTokenNotBeforeError("m", TIME);
    BadConnectionError closed = new BadConnectionError("m", "connectAbort");

    assertThat(here.date()).isEqualTo(TIME);
    assertThat(((AuthTokenNotBeforeError) WireErrors.hydrate(WireErrors.dehydrate(here))).date())
        .isEqualTo(TIME);
    assertThat(closed.code()).isEqualTo(1001);
    assertThat(closed.reason()).isEqualTo("Socket was disconnected");
    assertThat(new BadConnectionError("m", "disconnect", 1006, null).reason()).isEmpty();
    assertThat(new SocketProtocolError("m", 4001).code()).isEqualTo(4001);
    assertThat(new SilentMiddlewareBlockedError("m", "inbound").type()).isEqualTo("inbound");
  }

  @Test
  void withPropertyKeepsAllElse() {
    Exception cause = new Exception("cause");
    AGException error = new AuthTokenInvalidError("jwt malformed", cause);
    AGException changed = error.withProperty("isBadToken", true).withProperty("isBadToken", false);

    assertThat(changed)
        .isInstanceOf(AuthTokenInvalidError.class)
        .hasMessage("jwt malformed")
        .hasCause(cause);
    assertThat(changed.properties()).isEqualTo(Map.of("isBadToken", false));
    assertThat(changed.getStackTrace()).isEqualTo(error.getStackTrace());
    assertThat(error.properties()).isEmpty();
  }

  @Test
  void nameMessageAndNullAreNoProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("name", "x");
    properties.put("message", "y");
    properties.put("nothing", null);
    properties.put("kept", 1);
    AGException error = new AGException("E", "m", properties);
    properties.put("late", 2);

    assertThat(error.properties()).isEqualTo(Map.of("kept", 1));
  }

  @Test
  void aMalformedMessageIsAnInvalidMessageError() {
    AGException error = new MalformedMessageException(CloseCode.INVALID_DATA, "m");

    assertThat(WireErrors.hydrate(WireErrors.dehydrate(error)))
        .isExactlyInstanceOf(InvalidMessageError.class);
  }

  @Test
  void everyNameHasItsClass() {
    assertThat(known().stream().map(AGException::name))
        .doesNotHaveDuplicates()
        .containsAll(Arrays.asList(TimeoutError.NAME, UnknownError.NAME));
  }

  private static AGException hydrate(String json) {
    byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return WireErrors.hydrate(Payload.ofJson(bytes, 0, bytes.length));
  }
}
