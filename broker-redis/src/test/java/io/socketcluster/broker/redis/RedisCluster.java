// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis cluster of three masters, each with a third of the slots. */
final class RedisCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MASTERS = 3;

  private final List<BrokerProcess> servers = new ArrayList<>();

  private RedisCluster() {}

  /** Starts one that keeps its files in a folder. */
  static RedisCluster start(Path folder) throws IOException {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < MASTERS; i++) {
      String file = folder.resolve("nodes-" + i + ".conf").toString();
      cluster.servers.add(
          RedisServers.start("--cluster-enabled", "yes", "--cluster-config-file", file));
    }
    cluster.join();
    return cluster;
  }

  private void join() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--cluster", "create"));
    servers.forEach(each -> arguments.add(each.address()));
    arguments.add("--cluster-yes");
    RedisServers.cli(arguments);
    for (BrokerProcess each : servers) {
      await("cluster")
          .atMost(PATIENCE)
          .until(
              () -> RedisServers.command(each, "cluster", "info"),
              info -> info.contains("cluster_state:ok"));
    }
  }

  /**
   * Moves a slot from the master that has it to another, which has to be importing it: otherwise it
   * does not outrank the old owner, whose next gossip would take the slot back.
   */
  void moveSlotOf(String key) throws IOException {
    String slot = slotOf(key);
    BrokerProcess owner = owner(slot);
    BrokerProcess other = servers.get(servers.getFirst() == owner ? 1 : 0);
    String id = RedisServers.command(other, "cluster", "myid");
    String ownerId = RedisServers.command(owner, "cluster", "myid");
    RedisServers.command(other, "cluster", "setslot", slot, "importing", ownerId);
    RedisServers.command(owner, "cluster", "setslot", slot, "migrating", id);
    RedisServers.command(other, "cluster", "setslot", slot, "node", id);
    for (BrokerProcess each : servers) {
      RedisServers.command(each, "cluster", "setslot", slot, "node", id);
    }
  }

  private String slotOf(String key) throws IOException {
    return RedisServers.command(servers.getFirst(), "cluster", "keyslot", key);
  }

  private BrokerProcess owner(String slot) throws IOException {
    int wanted = Integer.parseInt(slot);
    for (BrokerProcess each : servers) {
      String own =
          RedisServers.command(each, "cluster", "nodes")
              .lines()
              .filter(line -> line.contains("myself"))
              .findFirst()
              .orElseThrow();
      String[] range = own.substring(own.lastIndexOf(' ') + 1).split("-", -1);
      if (Integer.parseInt(range[0]) <= wanted && wanted <= Integer.parseInt(range[1])) {
        return each;
      }
    }
    throw new AssertionError("Nobody has slot " + slot);
  }

  /** Returns the master that has the slot of a key. */
  BrokerProcess ownerOf(String key) throws IOException {
    return owner(slotOf(key));
  }

  String url() {
    return servers.stream()
        .map(BrokerProcess::address)
        .collect(Collectors.joining(",", "redis+cluster://", ""));
  }

  /** Ends the process that has the slot of a key as a crash would; returns it. */
  BrokerProcess crash(String key) throws IOException {
    BrokerProcess owner = ownerOf(key);
    owner.kill();
    return owner;
  }

  @Override
  public void close() {
    servers.forEach(BrokerProcess::close);
  }
}
