// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the modules and packages to the directions that ARCHITECTURE.md draws. */
class ArchitectureTest {
  private static final String ROOT = "io.socketcluster";
  private static final String SCC = ROOT + ".broker.scc..";

  private static JavaClasses project;

  @BeforeAll
  static void importTheProject() {
    project =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("/io/socketcluster/house/"))
            .importPackages(ROOT);
  }

  @Test
  void aModuleKnowsOnlyTheModulesBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("stream")
        .definedBy(ROOT + ".stream..")
        .layer("protocol")
        .definedBy(ROOT + ".protocol..")
        .layer("codec")
        .definedBy(ROOT + ".codec..")
        .layer("core")
        .definedBy(ROOT + ".core..")
        .layer("broker")
        .definedBy(resideInAPackage(ROOT + ".broker..").and(not(resideInAPackage(SCC))))
        .layer("redis")
        .definedBy(ROOT + ".redis..")
        .layer("store")
        .definedBy(ROOT + ".store..")
        .layer("browsers")
        .definedBy(ROOT + ".sessions..")
        .layer("websocket")
        .definedBy(ROOT + ".websocket..")
        .layer("server")
        .definedBy(ROOT + ".server..")
        .layer("sessions")
        .definedBy(ROOT + ".http.sessions..")
        .layer("engineio")
        .definedBy(ROOT + ".engineio..")
        .layer("webhooks")
        .definedBy(ROOT + ".webhooks..")
        .layer("api")
        .definedBy(ROOT + ".http.api..")
        .layer("fallback")
        .definedBy(ROOT + ".http.fallback..")
        .layer("socketio")
        .definedBy(ROOT + ".socketio..")
        .layer("client")
        .definedBy(ROOT + ".client..")
        .layer("scc")
        .definedBy(SCC)
        .layer("testkit")
        .definedBy(ROOT + ".testkit..")
        .layer("test")
        .definedBy(ROOT + ".test..")
        .layer("micrometer")
        .definedBy(ROOT + ".micrometer..")
        .layer("workers")
        .definedBy(ROOT + ".workers..")
        .layer("cli")
        .definedBy(ROOT + ".cli..")
        .layer("demo")
        .definedBy(ROOT + ".demo..")
        .layer("examples")
        .definedBy(ROOT + ".examples..")
        .whereLayer("stream")
        .mayNotAccessAnyLayer()
        .whereLayer("protocol")
        .mayNotAccessAnyLayer()
        .whereLayer("codec")
        .mayOnlyAccessLayers("protocol")
        .whereLayer("test")
        .mayOnlyAccessLayers("stream", "protocol", "core", "server", "client", "testkit")
        .whereLayer("testkit")
        .mayOnlyAccessLayers("protocol")
        .whereLayer("core")
        .mayOnlyAccessLayers("stream", "protocol")
        .whereLayer("redis")
        .mayOnlyAccessLayers("protocol")
        .whereLayer("broker")
        .mayOnlyAccessLayers("stream", "protocol", "core", "redis")
        .whereLayer("store")
        .mayOnlyAccessLayers("stream", "protocol", "core", "redis")
        .whereLayer("browsers")
        .mayOnlyAccessLayers("stream", "protocol", "core", "broker", "server", "store")
        .whereLayer("websocket")
        .mayNotAccessAnyLayer()
        .whereLayer("server")
        .mayOnlyAccessLayers("stream", "protocol", "core", "broker", "websocket")
        .whereLayer("sessions")
        .mayOnlyAccessLayers("websocket", "server")
        .whereLayer("engineio")
        .mayOnlyAccessLayers("protocol", "core", "server", "sessions")
        .whereLayer("webhooks")
        .mayOnlyAccessLayers("stream", "protocol", "core", "broker", "server")
        .whereLayer("api")
        .mayOnlyAccessLayers("protocol", "core", "broker", "server")
        .whereLayer("fallback")
        .mayOnlyAccessLayers("protocol", "core", "server", "sessions")
        .whereLayer("socketio")
        .mayOnlyAccessLayers("stream", "protocol", "core", "server", "sessions")
        .whereLayer("client")
        .mayOnlyAccessLayers("stream", "protocol", "core", "websocket")
        .whereLayer("scc")
        .mayOnlyAccessLayers("stream", "protocol", "core", "broker", "server", "client")
        .whereLayer("micrometer")
        .mayOnlyAccessLayers("stream", "core", "broker", "server", "client")
        .whereLayer("workers")
        .mayOnlyAccessLayers(
            "stream", "protocol", "core", "broker", "server", "client", "scc", "store")
        .whereLayer("cli")
        .mayOnlyAccessLayers("stream", "protocol", "core", "server", "client", "workers")
        .whereLayer("demo")
        .mayOnlyAccessLayers(
            "stream",
            "protocol",
            "core",
            "broker",
            "server",
            "engineio",
            "fallback",
            "socketio",
            "scc")
        .whereLayer("examples")
        .mayOnlyAccessLayers("stream", "protocol", "core", "broker", "server", "client")
        .ensureAllClassesAreContainedInArchitecture()
        .check(project);
  }

  @Test
  void nettyIsKnownBelowThePublicPackagesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".websocket..",
            ROOT + ".server.internal..",
            ROOT + ".server.netty..",
            ROOT + ".server.spi..",
            ROOT + ".http.sessions..",
            ROOT + ".engineio.internal..",
            ROOT + ".http.fallback.internal..",
            ROOT + ".socketio.internal..",
            ROOT + ".examples.lines..",
            ROOT + ".client.internal..",
            ROOT + ".testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(project);
  }

  @Test
  void theTransportsKnowNoPacket() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".websocket..",
            ROOT + ".server.internal.wire..",
            ROOT + ".server.internal.transport..",
            ROOT + ".client.internal.transport..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.protocol\\.(\\w*Packet|CodecEngine|JsonCodec|Payload)")
        .check(project);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void nobodyOutsideOfAnEndUsesItsInternals(String end) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + end + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "." + end + ".internal..")
        .check(project);
  }

  /** The public entry points make what is internal; apart from them there is no way back up. */
  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAPackage(ROOT + ".server"), resideInAPackage(ROOT + ".server.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".server"), resideInAPackage(ROOT + ".server.internal.files"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".server"), resideInAPackage(ROOT + ".server.internal.options"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".server.spi"),
            resideInAPackage(ROOT + ".server.internal.transport"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".client"), resideInAPackage(ROOT + ".client.internal.."))
        .ignoreDependency(
            resideInAPackage(ROOT + ".engineio"), resideInAPackage(ROOT + ".engineio.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".workers"), resideInAPackage(ROOT + ".workers.internal.."))
        .ignoreDependency(
            resideInAPackage(ROOT + ".store"), resideInAPackage(ROOT + ".store.internal"))
        .ignoreDependency(resideInAPackage(ROOT + ".store"), resideInAPackage(ROOT + ".store.spi"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".sessions"), resideInAPackage(ROOT + ".sessions.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".http.api"), resideInAPackage(ROOT + ".http.api.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".webhooks"), resideInAPackage(ROOT + ".webhooks.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".http.fallback"),
            resideInAPackage(ROOT + ".http.fallback.internal"))
        .ignoreDependency(
            resideInAPackage(ROOT + ".socketio"), resideInAPackage(ROOT + ".socketio.internal"))
        .check(project);
  }

  @Test
  void theStreamsNeedNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".stream..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + ".stream..", "java..", "org.jspecify..")
        .check(project);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .that(alwaysTrue())
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(project);
  }
}
