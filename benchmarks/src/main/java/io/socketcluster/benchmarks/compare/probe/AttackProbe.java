// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.attack.Attack;
import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What well-behaved sockets and newcomers notice of an attack: alone, then beside it, on one
 * server.
 *
 * @param load as on the command line of the load generator
 * @param scripts what its attackers send; empty when they send nothing
 */
public record AttackProbe(String load, List<Attack> scripts) implements Probe {
  public AttackProbe {
    scripts = List.copyOf(scripts);
  }

  public static AttackProbe of(Attack attack) {
    return new AttackProbe(
        "attack --newcomers 20 --deflate 1 --attackers " + attack.sockets(), List.of(attack));
  }

  /** Sockets that upgrade and say nothing. */
  public static AttackProbe silent(String arguments) {
    return new AttackProbe("attack --newcomers 20 " + arguments, List.of());
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    if (scripts.isEmpty()) {
      return measure(load, contender, lab);
    }
    try {
      Path script = Files.createTempFile("attack", ".script");
      try {
        scripts.getFirst().writeTo(script);
        return measure(load + " --script " + script, contender, lab);
      } finally {
        Files.delete(script);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Double> measure(String load, Contender contender, Lab lab) {
    LoadProbe probe = LoadProbe.of(load).after(load); // without it the compiler would be measured
    return withRatio(probe.measure(contender, lab));
  }

  /** Adds by how much the p99 of the calls is higher beside the attack. */
  public static Map<String, Double> withRatio(Map<String, Double> figures) {
    Map<String, Double> all = new HashMap<>(figures);
    Double alone = all.get(Figure.WITHOUT_P99.key());
    Double attacked = all.get(Figure.ATTACKED_P99.key());
    if (alone != null && attacked != null && alone > 0) {
      all.put(Figure.P99_RATIO.key(), attacked / alone);
    }
    return all;
  }
}
