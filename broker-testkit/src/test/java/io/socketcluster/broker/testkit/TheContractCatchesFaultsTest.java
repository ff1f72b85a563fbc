// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.socketcluster.broker.AGBrokerEngine;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of the contract can fail: each fault is noticed by the test that is about it. */
class TheContractCatchesFaultsTest {
  private static final String FAULT = "fault";

  /** Run by this test only: its name is not that of a test. */
  static class OfAFaultyEngine extends BrokerEngineContract {
    @Override
    protected AGBrokerEngine createEngine(String cluster) {
      String fault = System.getProperty(FAULT, "");
      return fault.isEmpty() ? new JoinedEngine(cluster) : Fault.valueOf(fault).create(cluster);
    }

    @Override
    protected boolean joinsEngines() {
      return true;
    }

    @Override
    public Duration patience() {
      return Duration.ofMillis(500);
    }
  }

  private static TestExecutionSummary run(String test, String fault) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(OfAFaultyEngine.class, test))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    System.setProperty(FAULT, fault);
    try {
      LauncherFactory.create().execute(request, summary);
    } finally {
      System.clearProperty(FAULT);
    }
    return summary.getSummary();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultFailsTheTestThatIsAboutIt(Fault fault) {
    TestExecutionSummary summary = run(fault.caughtBy(), fault.name());

    assertThat(summary.getTestsFailedCount()).as("failures of %s", fault.caughtBy()).isOne();
  }

  @Test
  void withoutAFaultTheyPass() {
    Arrays.stream(Fault.values())
        .map(Fault::caughtBy)
        .distinct()
        .forEach(test -> assertThat(run(test, "").getTestsSucceededCount()).as(test).isOne());
  }
}
