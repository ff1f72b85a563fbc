// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.house.ModuleArchitecture;

/** The sizes inside this module; {@code conformance} checks the arrows between modules. */
class ArchitectureTest extends ModuleArchitecture {
  private static final String ROOT = "io.socketcluster.store";

  ArchitectureTest() {
    super(ROOT);
  }
}
