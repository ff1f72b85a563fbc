// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Skeleton rendezvous hashing: the brokers stand in groups of 16, a hash chooses a path to a group,
 * and the broker of the group with the highest hash has the channel. With fewer than 32 brokers
 * there is one group.
 */
public final class RendezvousMapper implements ChannelMapper {
  private static final int GROUP_SIZE = 16;
  private static final int FANOUT = 2;

  private final List<List<String>> groups;
  private final int levels;

  /**
   * @param brokers their URIs, in any order
   */
  public RendezvousMapper(List<String> brokers) {
    groups = groupsOf(brokers.stream().distinct().sorted().toList());
    // The logarithm that JavaScript engines use, with the same last digit.
    levels =
        groups.size() < 2
            ? 0
            : (int) Math.ceil(StrictMath.log(groups.size()) / StrictMath.log(FANOUT));
  }

  /** A last group that is not full is dealt out to the others. */
  private static List<List<String>> groupsOf(List<String> sorted) {
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i += GROUP_SIZE) {
      groups.add(new ArrayList<>(sorted.subList(i, Math.min(sorted.size(), i + GROUP_SIZE))));
    }
    if (groups.size() > 1 && groups.getLast().size() < GROUP_SIZE) {
      List<String> rest = groups.removeLast();
      for (int i = 0; i < rest.size(); i++) {
        groups.get(i % groups.size()).add(rest.get(i));
      }
    }
    return groups;
  }

  @Override
  public @Nullable String brokerOf(String channel) {
    for (int salt = 0; !groups.isEmpty(); salt++) {
      String path = path(channel + (salt == 0 ? "" : salt));
      int group = path.isEmpty() ? 0 : Integer.parseInt(path, FANOUT);
      if (group < groups.size()) {
        List<String> brokers = groups.get(group);
        String key = channel + salt + path;
        return brokers.get(highest(brokers.size(), each -> key + brokers.get(each)));
      }
    }
    return null;
  }

  private String path(String key) {
    StringBuilder path = new StringBuilder();
    for (int level = 0; level < levels; level++) {
      String prefix = key + level;
      path.append(highest(FANOUT, digit -> prefix + digit));
    }
    return path.toString();
  }

  /** Returns the index with the highest hash, the first of equal ones. */
  private static int highest(int count, IntFunction<String> text) {
    int highest = 0;
    byte[] hash = Md5.of(text.apply(0));
    for (int i = 1; i < count; i++) {
      byte[] candidate = Md5.of(text.apply(i));
      if (Arrays.compareUnsigned(candidate, hash) > 0) {
        highest = i;
        hash = candidate;
      }
    }
    return highest;
  }
}
