// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.house.ModuleArchitecture;
import java.util.Map;

/** The sizes inside this module; {@code conformance} checks the arrows between modules. */
class ArchitectureTest extends ModuleArchitecture {
  private static final String ROOT = "io.socketcluster.core";

  ArchitectureTest() {
    super(ROOT);
  }

  /** The API of both ends is one package on purpose: applications import it beside their end. */
  @Override
  protected Map<String, Integer> largePackages() {
    return Map.of(ROOT, 19);
  }

  @Override
  protected Map<String, Integer> largeConstructors() {
    return Map.of(ROOT + ".options.Option", 6);
  }
}
