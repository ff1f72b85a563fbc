// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Subscribes to channels at a broker, which is the contender.
 *
 * @param program starts what subscribes; the broker and the number of channels follow
 */
public record ChannelsProbe(List<String> program, int channels) implements Probe {
  public ChannelsProbe {
    program = List.copyOf(program);
  }

  @Override
  public Map<String, Double> measure(Contender broker, Lab lab) {
    try (ServerProcess server = lab.start(broker)) {
      List<String> command = new ArrayList<>(program);
      command.addAll(List.of("--broker", broker.id() + "://127.0.0.1:" + server.port()));
      command.addAll(List.of("--channels", Integer.toString(channels)));
      return lab.clients(command, broker);
    }
  }
}
