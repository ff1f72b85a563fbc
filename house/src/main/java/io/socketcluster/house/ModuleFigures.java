// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a module that a {@link Ratchet} holds: sizes and circles of its main classes. */
public final class ModuleFigures {
  private final JavaClasses classes;

  private ModuleFigures(JavaClasses classes) {
    this.classes = classes;
  }

  /** Returns the figures of classes that {@link #mainClasses} has read. */
  public static ModuleFigures of(JavaClasses classes) {
    return new ModuleFigures(classes);
  }

  /** Reads the classes of a package and its subpackages, without tests and without libraries. */
  public static JavaClasses mainClasses(String rootPackage) {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/test-classes/"))
        .importPackages(rootPackage);
  }

  /** Returns the number of source files of each package. */
  public Map<String, Integer> filesOfPackages() {
    Map<String, Integer> files = new TreeMap<>();
    byPackage().forEach((name, members) -> files.put(name, members.size()));
    return files;
  }

  /** Returns the size of the largest circle of source files of each package that has one. */
  public Map<String, Integer> largestCircles() {
    Map<String, Integer> circles = new TreeMap<>();
    byPackage()
        .forEach(
            (name, members) -> {
              int largest = Circles.largest(edges(members));
              if (largest > 1) {
                circles.put(name, largest);
              }
            });
    return circles;
  }

  /** Returns the largest number of constructor parameters of each class that is no record. */
  public Map<String, Integer> constructorParameters() {
    Map<String, Integer> parameters = new TreeMap<>();
    for (JavaClass each : classes) {
      if (!each.isRecord() && !each.isEnum() && !each.isAnonymousClass()) {
        int most =
            each.getConstructors().stream()
                .map(JavaCodeUnit::getRawParameterTypes)
                .mapToInt(List::size)
                .max()
                .orElse(0);
        parameters.put(each.getName(), most);
      }
    }
    return parameters;
  }

  /** Returns the number of lines of each Java file below a folder. */
  public static Map<String, Integer> linesOfFiles(Path folder) throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        lines.put(folder.relativize(file).toString(), Files.readAllLines(file).size());
      }
    }
    return lines;
  }

  private Map<String, Set<String>> byPackage() {
    return classes.stream()
        .filter(each -> !each.getSimpleName().equals("package-info"))
        .filter(each -> !each.getPackageName().isEmpty())
        .collect(
            Collectors.groupingBy(
                JavaClass::getPackageName,
                TreeMap::new,
                Collectors.mapping(ModuleFigures::fileOf, Collectors.toSet())));
  }

  private Map<String, Set<String>> edges(Set<String> files) {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass each : classes) {
      String file = fileOf(each);
      if (files.contains(file)) {
        Set<String> targets = edges.computeIfAbsent(file, name -> new HashSet<>());
        for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
          String target = fileOf(dependency.getTargetClass().getBaseComponentType());
          if (files.contains(target) && !target.equals(file)) {
            targets.add(target);
          }
        }
      }
    }
    return edges;
  }

  /** A nested class is part of its file. */
  private static String fileOf(JavaClass type) {
    int nested = type.getName().indexOf('$');
    return nested < 0 ? type.getName() : type.getName().substring(0, nested);
  }
}
