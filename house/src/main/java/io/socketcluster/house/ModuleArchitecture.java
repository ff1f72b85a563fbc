// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The rules of the house for one module: arrows between its packages, and sizes. A module's own
 * test extends this class, adds rules, and freezes what exceeds a limit today.
 */
public abstract class ModuleArchitecture {
  private final String root;
  private final JavaClasses classes;
  private final ModuleFigures figures;

  /** Reads the main classes of a package and its subpackages. */
  protected ModuleArchitecture(String root) {
    this.root = root;
    this.classes = ModuleFigures.mainClasses(root);
    this.figures = ModuleFigures.of(classes);
  }

  /** Returns the packages with more than 15 files, with their size of today. */
  protected Map<String, Integer> largePackages() {
    return Map.of();
  }

  /** Returns the packages with a circle of more than 5 files, with its size of today. */
  protected Map<String, Integer> largeCircles() {
    return Map.of();
  }

  /** Returns the classes with more than 5 constructor parameters, with their number of today. */
  protected Map<String, Integer> largeConstructors() {
    return Map.of();
  }

  /** Returns the files with more than 500 lines, with their length of today. */
  protected Map<String, Integer> longFiles() {
    return Map.of();
  }

  /** Lets packages depend on each other in ways that are no cycle. */
  protected SliceRule freeOfCycles(SliceRule rule) {
    return rule;
  }

  /** Checks a rule on the main classes of the module. */
  protected final void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }

  /** Checks that the packages of bytes do not know what the bytes mean. */
  protected final void checkNoPacketIn(String... packages) {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.protocol\\.(\\w*Packet|CodecEngine|JsonCodec|Payload)"));
  }

  /** Checks that the public package does not know Netty. */
  protected final void checkNettyIsKnownInsideOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(root)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  public void packagesAreFreeOfCycles() {
    check(freeOfCycles(slices().matching(root + ".(**)").should().beFreeOfCycles()));
  }

  @Test
  public void aPackageHasAtMost15Files() {
    Ratchet.atMost(15).frozenAt(largePackages()).check(figures.filesOfPackages());
  }

  @Test
  public void aCircleHasAtMost5Files() {
    Ratchet.atMost(5).frozenAt(largeCircles()).check(figures.largestCircles());
  }

  @Test
  public void aConstructorHasAtMost5Parameters() {
    Ratchet.atMost(5).frozenAt(largeConstructors()).check(figures.constructorParameters());
  }

  @Test
  public void aFileHasAtMost500Lines() throws IOException {
    Ratchet.atMost(500)
        .frozenAt(longFiles())
        .check(ModuleFigures.linesOfFiles(Path.of("src/main/java")));
  }
}
