// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.library.dependencies.SliceRule;
import io.socketcluster.house.ModuleArchitecture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arrows and sizes inside the server; {@code conformance} checks those between modules. */
class ArchitectureTest extends ModuleArchitecture {
  private static final String ROOT = "io.socketcluster.server";

  ArchitectureTest() {
    super(ROOT);
  }

  @Override
  protected SliceRule freeOfCycles(SliceRule rule) {
    return rule.ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal"))
        .ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal.files"))
        .ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal.options"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".spi"), resideInAPackage(ROOT + ".internal.transport"));
  }

  @Test
  void nettyIsKnownInsideOnly() {
    checkNettyIsKnownInsideOnly();
  }

  @Test
  void theTransportKnowsNoPacket() {
    checkNoPacketIn(ROOT + ".internal.transport..", ROOT + ".internal.wire..");
  }

  /** The public package is one screen on purpose. */
  @Override
  protected Map<String, Integer> largePackages() {
    return Map.of(ROOT, 42);
  }

  @Override
  protected Map<String, Integer> largeCircles() {
    return Map.of(ROOT, 18);
  }

  @Override
  protected Map<String, Integer> largeConstructors() {
    return Map.of(
        ROOT + ".TlsOptions", 6,
        ROOT + ".internal.session.DefaultServerSocket", 6,
        ROOT + ".internal.transport.upgrade.DeflatedMessage", 6);
  }
}
