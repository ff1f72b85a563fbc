// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests await conditions for a minute: a busy machine must not make one fail. */
public final class Patience implements BeforeAllCallback {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** For JUnit. */
  public Patience() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONGEST_WAIT);
  }
}
