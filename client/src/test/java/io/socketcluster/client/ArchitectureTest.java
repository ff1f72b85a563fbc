// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.library.dependencies.SliceRule;
import io.socketcluster.house.ModuleArchitecture;
import org.junit.jupiter.api.Test;

/** The arrows and sizes inside the client; {@code conformance} checks those between modules. */
class ArchitectureTest extends ModuleArchitecture {
  private static final String ROOT = "io.socketcluster.client";

  ArchitectureTest() {
    super(ROOT);
  }

  @Override
  protected SliceRule freeOfCycles(SliceRule rule) {
    return rule.ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal.."));
  }

  @Test
  void nettyIsKnownInsideOnly() {
    checkNettyIsKnownInsideOnly();
  }

  @Test
  void theTransportKnowsNoPacket() {
    checkNoPacketIn(ROOT + ".internal.transport..");
  }
}
