// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.core.AGSocket;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.internal.MemoryBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * The values that supervised workers share, in the memory of this process. It never looks into a
 * value: the verbs run in the workers, which replace a value by its stamp. Thread-safe.
 */
public final class SharedStoreServer {
  private static final int MOST_CHARACTERS_AT_ONCE = 2 << 20;
  private static final int MOST_CHARACTERS_OF_KEYS = 16 << 20;
  private static final int MOST_UNREAD_BYTES = 16 << 20;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final MemoryBackend values;
  private final Set<AGServerSocket> followers = ConcurrentHashMap.newKeySet();

  /** Creates an empty store, with the limits of its keys and bytes. */
  public SharedStoreServer(StoreOptions options) {
    values = new MemoryBackend(options, InstantSource.system());
    values.start(this::tell);
  }

  /** Answers the sockets of a server, which has to be closed to strangers. */
  public void attach(AGServer server) {
    server.onConnection(this::serve);
  }

  /** Answers a socket. */
  void serve(AGServerSocket socket) {
    answer(socket, StoreCall.READ, keys -> read(socket, keys));
    answer(socket, StoreCall.REPLACE, this::replace);
    answer(socket, StoreCall.EXPIRE, this::expire);
    answer(socket, StoreCall.EXPIRY, key -> values.expiry(text(key)).thenApply(Milliseconds::of));
    answer(socket, StoreCall.KEYS, nothing -> keys());
    answer(socket, StoreCall.REMOVE_ALL, nothing -> values.removeAll());
    answer(socket, StoreCall.FOLLOW, nothing -> follow(socket));
    socket.listener(AGSocket.CLOSE).consume(event -> followers.remove(socket));
  }

  /** Calls answer at once: everything is in memory. */
  private static <T extends @Nullable Object> void answer(
      AGServerSocket socket, String procedure, Function<JsonNode, CompletableFuture<T>> work) {
    socket
        .procedure(procedure)
        .consume(
            request ->
                CompletableFuture.completedFuture(request.data())
                    .thenCompose(work)
                    .whenComplete(
                        (result, failure) -> {
                          if (failure == null) {
                            request.end(result);
                          } else {
                            request.error(
                                failure.getCause() == null ? failure : failure.getCause());
                          }
                        }));
  }

  private static String text(JsonNode data) {
    String text = data.stringValue(null);
    if (text == null) {
      throw new InvalidArgumentsError("A key of the store is a string");
    }
    return text;
  }

  private CompletableFuture<ArrayNode> read(AGServerSocket socket, JsonNode keys) {
    awaitRoom(socket);
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    long characters = 0;
    for (JsonNode key : keys) {
      if (characters > MOST_CHARACTERS_AT_ONCE) {
        break; // the worker asks for the others again
      }
      JsonNode value = values.read(text(key)).join().value();
      characters += value.stringValue("").length();
      texts.add(value.isMissingNode() ? null : value);
    }
    return CompletableFuture.completedFuture(texts);
  }

  /** Waits while a worker is behind with reading: more answers would close its connection. */
  private static void awaitRoom(AGServerSocket socket) {
    try {
      while (socket.getOutboundBufferedBytes() > MOST_UNREAD_BYTES
          && socket.state() != SocketState.CLOSED) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Boolean> replace(JsonNode data) {
    StoredValue before = values.read(text(data.path("key"))).join();
    StoreChange change = ChangeMessage.parse(data.path("change"));
    if (change == null) {
      throw new InvalidArgumentsError("A change of the store has a verb");
    }
    if (!stamp(before.value()).equals(data.path("stamp").stringValue(""))) {
      return CompletableFuture.completedFuture(false);
    }
    StampedJson next = StampedJson.parse(data.path("value").stringValue(""));
    JsonNode value = next == null ? MissingNode.getInstance() : StringNode.valueOf(next.text());
    int bytes = next == null ? 0 : next.bytes();
    Duration expiry = Milliseconds.duration(data.path("expiry"));
    return values.replace(before, new StoreWrite(value, bytes, expiry, change));
  }

  private static String stamp(JsonNode value) {
    StampedJson stamped = StampedJson.parse(value.stringValue(""));
    return stamped == null ? "" : stamped.stamp();
  }

  private CompletableFuture<Boolean> expire(JsonNode data) {
    return values.expire(text(data.path("key")), Milliseconds.duration(data.path("after")));
  }

  private CompletableFuture<List<String>> keys() {
    return values
        .keys()
        .thenApply(
            keys -> {
              if (keys.stream().mapToLong(String::length).sum() > MOST_CHARACTERS_OF_KEYS) {
                throw new ResourceLimitError(
                    "The keys of the store have more than "
                        + MOST_CHARACTERS_OF_KEYS
                        + " characters, which is too much for a call");
              }
              return keys;
            });
  }

  private CompletableFuture<@Nullable Void> follow(AGServerSocket socket) {
    followers.add(socket);
    if (socket.state() == SocketState.CLOSED) {
      followers.remove(socket); // its end may have been told before
    }
    return CompletableFuture.completedFuture(null);
  }

  private void tell(StoreChange change) {
    Payload message = Payload.of(ChangeMessage.of(change));
    followers.forEach(follower -> follower.transmit(StoreCall.CHANGE, message));
  }
}
