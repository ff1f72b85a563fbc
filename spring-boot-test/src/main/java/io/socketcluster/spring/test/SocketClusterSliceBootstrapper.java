// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.util.StringUtils;

/** Starts the application of a test without a web server, and its server on a free port. */
final class SocketClusterSliceBootstrapper
    extends TestSliceTestContextBootstrapper<SocketClusterSliceTest> {
  private static final String[] OURS = {
    "spring.main.web-application-type=none", "socketcluster.port=0", "socketcluster.close-delay=0"
  };

  @Override
  protected String @Nullable [] getProperties(Class<?> testClass) {
    return StringUtils.concatenateStringArrays(OURS, super.getProperties(testClass));
  }
}
