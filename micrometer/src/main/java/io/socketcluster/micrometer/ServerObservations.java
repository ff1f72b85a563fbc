// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.socketcluster.core.AGRequest;
import io.socketcluster.stream.StreamHandler;
import java.util.Objects;

/**
 * Makes an observation of each call that a handler handles, from the beginning of the handler to
 * the answer. With a tracer the call is a span, whose parent is that of the {@code traceparent} in
 * the packet, and the handler runs in its scope: what the handler observes or logs belongs to the
 * span.
 *
 * <p>The observation is {@code socketcluster.server.call} with the key {@code procedure}.
 * Procedures that no handler handles are not observed, so clients cannot invent keys. Thread-safe.
 */
public final class ServerObservations {
  static final String TRACEPARENT = "traceparent";

  private final ObservationRegistry registry;

  /** Makes observations in a registry. */
  public ServerObservations(ObservationRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /**
   * Returns a handler for {@code socket.procedure(name).consume(...)} that observes each call and
   * passes it to {@code handler}. The handler may answer later, on another thread.
   */
  public <T> StreamHandler<AGRequest<T>> observed(StreamHandler<? super AGRequest<T>> handler) {
    return request -> {
      if (registry.isNoop()) {
        handler.handle(request);
      } else {
        observe(request, handler);
      }
    };
  }

  private <T> void observe(AGRequest<T> request, StreamHandler<? super AGRequest<T>> handler)
      throws Exception {
    Observation observation = start(request);
    ObservedRequest<T> observed = new ObservedRequest<>(request, observation);
    Observation.Scope scope = observation.openScope();
    try {
      handler.handle(observed);
    } catch (Throwable e) {
      observed.failed(e);
      throw e;
    } finally {
      scope.close();
    }
  }

  private Observation start(AGRequest<?> request) {
    ReceiverContext<AGRequest<?>> context =
        new ReceiverContext<>(
            (carrier, key) -> key.equals(TRACEPARENT) ? carrier.traceparent() : null, Kind.SERVER);
    context.setCarrier(request);
    return Observation.createNotStarted("socketcluster.server.call", () -> context, registry)
        .contextualName("procedure " + request.procedure())
        .lowCardinalityKeyValue("procedure", request.procedure())
        .start();
  }
}
