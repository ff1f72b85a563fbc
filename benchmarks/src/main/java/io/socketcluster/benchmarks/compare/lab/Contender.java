// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A server that can be started and measured.
 *
 * @param id its name in results and on the command line
 * @param protocol what the load generator speaks with it
 * @param command starts it; {@link #PORT} stands for the port
 * @param onAllCores whether it may use every core; otherwise it has the first one to itself
 */
public record Contender(String id, String protocol, List<String> command, boolean onAllCores) {
  public static final String PORT = "{port}";

  public Contender {
    command = List.copyOf(command);
  }

  public Contender(String id, String protocol, List<String> command) {
    this(id, protocol, command, false);
  }

  public List<String> commandFor(int port) {
    return command.stream().map(word -> word.replace(PORT, Integer.toString(port))).toList();
  }

  /** The same with a number in place of a word of its command, or of a part of it. */
  public Contender replacing(String word, int number) {
    List<String> replaced =
        command.stream().map(each -> each.replace(word, Integer.toString(number))).toList();
    return new Contender(id, protocol, replaced, onAllCores);
  }

  public Contender usingAllCores() {
    return new Contender(id, protocol, command, true);
  }

  /** The same at a lower priority than the load generator, which shares a core with it. */
  public Contender behindTheLoad() {
    List<String> nice = new ArrayList<>(List.of("nice", "-n", "10"));
    nice.addAll(command);
    return new Contender(id, protocol, nice, onAllCores);
  }
}
