// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.redis.RedisStore;
import java.util.List;
import tools.jackson.databind.JsonNode;

final class StoreProgram {
  private StoreProgram() {}

  static JsonNode run() {
    Store store = Store.embedded();
    store.set("motd", "Hello").join();
    store.set(List.of("rooms", "lobby", "seats"), 2).join();
    int index = store.add(List.of("rooms", "lobby", "users"), "ann").join();
    JsonNode users = store.get(List.of("rooms", "lobby", "users")).join();
    log(users + ", of which ann is number " + index);
    follow(store);
    takeSeat(store);
    return store.getAll().join();
  }

  static Store shared(StoreOptions options) {
    return RedisStore.at("rediss://user:password@redis.example:6379")
        .prefix("shop:store")
        .options(options)
        .build();
  }

  private static void takeSeat(Store store) {
    store.register(
        "takeSeat",
        (room, user) -> {
          int seats = room.get(List.of("seats")).asInt();
          if (seats == 0) {
            throw new AGException("SoldOutError", "There is no seat left");
          }
          room.set(List.of("seats"), seats - 1);
          return room.add(List.of("users"), user);
        });
    store.run("takeSeat", List.of("rooms", "lobby"), "bob").join();
  }

  private static void follow(Store store) {
    store.listener(Store.CHANGE).consume(change -> log(change.verb() + " at " + change.path()));
  }

  private static void log(String line) {
    System.getLogger(StoreProgram.class.getName()).log(System.Logger.Level.DEBUG, line);
  }
}
