// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.socketcluster.testkit.ModuleFigures;
import io.socketcluster.testkit.Ratchet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arrows and sizes inside the client; {@code conformance} checks those between modules. */
class ArchitectureTest {
  private static final String ROOT = "io.socketcluster.client";
  private static final JavaClasses CLIENT = ModuleFigures.mainClasses(ROOT);
  private static final ModuleFigures FIGURES = ModuleFigures.of(CLIENT);

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal.."))
        .check(CLIENT);
  }

  @Test
  void nettyIsKnownInsideOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLIENT);
  }

  @Test
  void theTransportKnowsNoPacket() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".internal.transport..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.protocol\\.(\\w*Packet|CodecEngine|JsonCodec|Payload)")
        .check(CLIENT);
  }

  @Test
  void anInternalPackageHasAtMost15Files() {
    Ratchet.atMost(15)
        .frozenAt(Map.of(ROOT, 20, ROOT + ".internal", 25))
        .check(FIGURES.filesOfPackages());
  }

  @Test
  void aCircleHasAtMost5Files() {
    Ratchet.atMost(5)
        .frozenAt(Map.of(ROOT, 20, ROOT + ".internal", 20))
        .check(FIGURES.largestCircles());
  }

  @Test
  void aConstructorHasAtMost5Parameters() {
    Ratchet.atMost(5).check(FIGURES.constructorParameters());
  }

  @Test
  void aFileHasAtMost500Lines() throws IOException {
    Ratchet.atMost(500).check(ModuleFigures.linesOfFiles(Path.of("src/main/java")));
  }
}
