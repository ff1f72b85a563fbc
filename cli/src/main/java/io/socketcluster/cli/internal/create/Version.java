// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this command, which is that of the library. */
public final class Version implements IVersionProvider {
  private static final Properties VERSIONS = read();

  static final String CURRENT = VERSIONS.getProperty("version");

  /** The version of Spring Boot that the library is tested with. */
  static final String SPRING_BOOT = VERSIONS.getProperty("spring-boot.version");

  /** The version of Netty that the library is tested with. */
  static final String NETTY = VERSIONS.getProperty("netty.version");

  private static Properties read() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in, "version.properties"));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"socketcluster " + CURRENT};
  }
}
