// SPDX-License-Identifier: MIT
package io.socketcluster.server;

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

/** The arrows and sizes inside the server; {@code conformance} checks those between modules. */
class ArchitectureTest {
  private static final String ROOT = "io.socketcluster.server";
  private static final JavaClasses SERVER = ModuleFigures.mainClasses(ROOT);
  private static final ModuleFigures FIGURES = ModuleFigures.of(SERVER);

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal"))
        .ignoreDependency(resideInAPackage(ROOT), resideInAPackage(ROOT + ".internal.files"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".spi"), resideInAPackage(ROOT + ".internal.transport"))
        .check(SERVER);
  }

  @Test
  void nettyIsKnownInsideOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(SERVER);
  }

  @Test
  void theTransportKnowsNoPacket() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".internal.transport..", ROOT + ".internal.wire..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.protocol\\.(\\w*Packet|CodecEngine|JsonCodec|Payload)")
        .check(SERVER);
  }

  @Test
  void anInternalPackageHasAtMost15Files() {
    Ratchet.atMost(15)
        .frozenAt(Map.of(ROOT, 45)) // the public package is one screen on purpose
        .check(FIGURES.filesOfPackages());
  }

  @Test
  void aCircleHasAtMost5Files() {
    Ratchet.atMost(5).frozenAt(Map.of(ROOT, 20)).check(FIGURES.largestCircles());
  }

  @Test
  void aConstructorHasAtMost5Parameters() {
    Ratchet.atMost(5)
        .frozenAt(
            Map.of(
                ROOT + ".TlsOptions", 6,
                ROOT + ".internal.session.DefaultServerSocket", 6,
                ROOT + ".internal.transport.upgrade.DeflatedMessage", 6))
        .check(FIGURES.constructorParameters());
  }

  @Test
  void aFileHasAtMost500Lines() throws IOException {
    Ratchet.atMost(500)
        .frozenAt(
            Map.of(
                "io/socketcluster/server/ServerOptionSetters.java", 571,
                "io/socketcluster/server/internal/DefaultAGServer.java", 529))
        .check(ModuleFigures.linesOfFiles(Path.of("src/main/java")));
  }
}
