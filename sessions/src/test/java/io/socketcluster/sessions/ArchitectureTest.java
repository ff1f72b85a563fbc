// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import io.socketcluster.house.ModuleArchitecture;

/** The sizes inside this module; {@code conformance} checks the arrows between modules. */
class ArchitectureTest extends ModuleArchitecture {
  private static final String ROOT = "io.socketcluster.sessions";

  ArchitectureTest() {
    super(ROOT);
  }
}
