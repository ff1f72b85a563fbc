// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Spans of a real tracer, from a client's call to the work of the handler. */
@Timeout(60)
class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
  private final ObservationRegistry registry = traced();
  private final ServerObservations observations = new ServerObservations(registry);
  private final AGServer agServer = SocketCluster.listen(0);
  private final AGClientSocket socket =
      SocketClusterClient.create(
          AGClientOptions.builder()
              .hostname("127.0.0.1")
              .port(agServer.port())
              .clientObserver(new ClientObservations(registry))
              .build());

  private ObservationRegistry traced() {
    io.opentelemetry.api.trace.Tracer otel = provider.get("test");
    OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
    OtelPropagator propagator =
        new OtelPropagator(
            ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
    ObservationRegistry traced = ObservationRegistry.create();
    traced
        .observationConfig()
        .observationHandler(
            new io.micrometer.observation.ObservationHandler
                .FirstMatchingCompositeObservationHandler(
                new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
    return traced;
  }

  @BeforeEach
  void serve() {
    agServer.onConnection(
        server -> {
          server.procedure("work").consume(observations.observed(this::work));
          server.procedure("fail").consume(observations.observed(TracesTest::fail));
          server.procedure("later").consume(observations.observed(TracesTest::later));
        });
  }

  @AfterEach
  void close() {
    socket.disconnect();
    agServer.close().join();
    provider.close();
  }

  private void work(AGRequest<JsonNode> request) {
    Observation.createNotStarted("query", registry).observe(() -> {});
    request.end(request.data());
  }

  private static void fail(AGRequest<JsonNode> request) {
    throw new AGException("FailedError", "as intended");
  }

  private static void later(AGRequest<JsonNode> request) {
    Thread.startVirtualThread(() -> request.error(new AGException("LateError", "too late")));
  }

  private SpanData span(String name) {
    await().until(() -> spans.getFinishedSpanItems().stream().anyMatch(it -> is(it, name)));
    return spans.getFinishedSpanItems().stream()
        .filter(it -> is(it, name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean is(SpanData span, String name) {
    return span.getName().equals(name);
  }

  @Test
  void aTraceGoesFromTheCallersWorkToThatOfTheHandler() {
    Observation page = Observation.start("page", registry);
    page.scoped(() -> socket.invoke("work", 1).join());
    page.stop();

    SpanData call = span("call work");
    SpanData procedure = span("procedure work");
    assertThat(call.getParentSpanId()).isEqualTo(span("page").getSpanId());
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(procedure.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(procedure.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span("query").getParentSpanId()).isEqualTo(procedure.getSpanId());
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .containsOnly(call.getTraceId());
  }

  @Test
  void anErrorIsThatOfBothSpans() {
    assertThatThrownBy(() -> socket.call("fail", null)).hasMessageContaining("as intended");

    assertThat(List.of(span("call fail"), span("procedure fail")))
        .allMatch(it -> it.getStatus().getStatusCode() == StatusCode.ERROR);
  }

  @Test
  void aSpanLastsUntilTheAnswerThatAnotherThreadGives() {
    assertThatThrownBy(() -> socket.call("later", null)).hasMessageContaining("too late");

    assertThat(span("procedure later").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aPublishIsASpanAtItsClient() {
    socket.invokePublish("news", "today").join();

    assertThat(span("publish").getKind()).isEqualTo(SpanKind.PRODUCER);
  }

  @Test
  void anyClientCanSendATraceparent() {
    try (RawClient raw = RawClient.upgraded(agServer.port(), agServer.getPath())) {
      raw.handshake(null);
      String traceparent = "00-" + TRACE + "-" + PARENT + "-01";
      raw.send("{\"event\":\"work\",\"cid\":7,\"data\":1,\"traceparent\":\"" + traceparent + "\"}");
      assertThat(raw.nextJson().path("rid").intValue()).isEqualTo(7);
    }

    assertThat(span("procedure work").getTraceId()).isEqualTo(TRACE);
    assertThat(span("procedure work").getParentSpanId()).isEqualTo(PARENT);
  }

  @Test
  void whatIsNoTraceparentBeginsATraceOfItsOwn() {
    try (RawClient raw = RawClient.upgraded(agServer.port(), agServer.getPath())) {
      raw.handshake(null);
      raw.send("{\"event\":\"work\",\"cid\":7,\"traceparent\":\"nonsense\"}");
      assertThat(raw.nextJson().path("rid").intValue()).isEqualTo(7);
    }

    assertThat(span("procedure work").getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void withoutHandlersInTheRegistryNothingIsObservedOrSent() {
    assertThat(new ClientObservations(ObservationRegistry.create()).callStarted("work")).isNull();
    assertThat(new ClientObservations(ObservationRegistry.NOOP).publishStarted("room")).isNull();
  }
}
