// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is published reaches who is subscribed. */
abstract class ChannelCases extends ClientCases {
  ChannelCases(CaseServer.Starter starter) {
    super(starter);
  }

  private AGChannel<JsonNode> subscribed(String name) throws InterruptedException {
    AGChannel<JsonNode> channel = create().subscribe(name);
    channel.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE);
    return channel;
  }

  /** Loops over what is published until there have been three messages. */
  private static CompletableFuture<List<String>> threeOf(AGChannel<JsonNode> channel) {
    Iterable<JsonNode> messages = channel.createConsumer();
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> received = new ArrayList<>();
          for (JsonNode message : messages) {
            received.add(message.toString());
            if (received.size() == 3) {
              channel.close();
            }
          }
          return received;
        },
        Thread::startVirtualThread);
  }

  @Test
  void aSubscriberReceivesWhatIsTransmittedToItsChannelUntilItClosesIt()
      throws InterruptedException {
    AGChannel<JsonNode> channel = subscribed("foo");
    CompletableFuture<List<String>> received = threeOf(channel);
    AGClientSocket publisher = create();

    publisher.transmitPublish("foo", "hello");
    publisher.transmitPublish("foo", "world");
    publisher.transmitPublish("foo", Map.of("abc", 123));

    assertThat(get(received)).containsExactly("\"hello\"", "\"world\"", "{\"abc\":123}");
  }

  @Test
  void aSubscriberReceivesWhatIsInvokedOnItsChannelAndTheServerHasSeenItBeforeItAnswers()
      throws InterruptedException {
    AGChannel<JsonNode> channel = subscribed("bar");
    CompletableFuture<List<String>> received = threeOf(channel);
    AGClientSocket publisher = create();

    get(publisher.invokePublish("bar", "hi"));
    assertThat(publisher.call("lastPublish", null)).hasToString("\"hi\"");
    get(publisher.invokePublish("bar", "world"));
    assertThat(publisher.call("lastPublish", null)).hasToString("\"world\"");
    get(publisher.invokePublish("bar", Map.of("def", 123)));
    assertThat(publisher.call("lastPublish", null)).hasToString("{\"def\":123}");

    assertThat(get(received)).containsExactly("\"hi\"", "\"world\"", "{\"def\":123}");
  }
}
