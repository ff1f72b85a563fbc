// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.socketcluster.client.spi.ClientObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each call and each confirmed publish of a client, as a child of what the
 * calling thread observes. Give it to the client as the option {@code clientObserver}. With a
 * tracer, a call is a span, and its packet carries the {@code traceparent}, which {@link
 * ServerObservations} continues.
 *
 * <p>The observations are {@code socketcluster.client.call} with the key {@code procedure}, and
 * {@code socketcluster.client.publish}, whose channel is a key of high cardinality: no meter has
 * it.
 *
 * <p>Needs the module {@code io.socketcluster.client}. Thread-safe.
 */
public final class ClientObservations implements ClientObserver {
  private final ObservationRegistry registry;

  /** Creates an observer that makes its observations in a registry. */
  public ClientObservations(ObservationRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public @Nullable Operation callStarted(String event) {
    if (registry.isNoop()) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    Observation observation =
        sending(headers, Kind.CLIENT, "socketcluster.client.call", "call " + event)
            .lowCardinalityKeyValue("procedure", event)
            .start();
    return new ObservedOperation(observation, headers.get(ServerObservations.TRACEPARENT));
  }

  @Override
  public @Nullable Operation publishStarted(String channel) {
    if (registry.isNoop()) {
      return null;
    }
    Observation observation =
        sending(new HashMap<>(), Kind.PRODUCER, "socketcluster.client.publish", "publish")
            .highCardinalityKeyValue("channel", channel)
            .start();
    return new ObservedOperation(observation, null);
  }

  private Observation sending(
      Map<String, String> headers, Kind kind, String name, String contextualName) {
    SenderContext<Map<String, String>> context =
        new SenderContext<>((carrier, key, value) -> headers.put(key, value), kind);
    context.setCarrier(headers);
    return Observation.createNotStarted(name, () -> context, registry)
        .contextualName(contextualName);
  }

  private record ObservedOperation(Observation observation, @Nullable String traceparent)
      implements Operation {
    @Override
    public void ended(@Nullable Throwable error) {
      if (error != null) {
        observation.error(error);
      }
      observation.stop();
    }
  }
}
