// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import java.nio.file.Path;

/**
 * The program of child processes.
 *
 * @param java the JVM
 * @param classPath its jars and directories
 */
public record JavaProgram(Path java, String classPath) {
  /** Returns the program that runs this process. */
  public static JavaProgram current() {
    return new JavaProgram(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"));
  }
}
