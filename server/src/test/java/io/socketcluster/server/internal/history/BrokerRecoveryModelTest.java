// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.internal.history.BrokerRecoveryModel.Flaw;
import io.socketcluster.server.internal.history.BrokerRecoveryModel.Numbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks through {@link BrokerRecoveryModel} by chance; a failure names its seed. */
class BrokerRecoveryModelTest {
  private static final int WALKS = Integer.getInteger("historyWalks", 400);
  private static final int LENGTH = 300;

  private static @Nullable String walk(Numbers numbers, Flaw flaw, long seed) {
    BrokerRecoveryModel model = new BrokerRecoveryModel(numbers, flaw, seed);
    for (int i = 0; i < LENGTH; i++) {
      model.step();
    }
    String problem = model.problemAfterHealing();
    return problem == null ? null : problem + " with seed " + seed;
  }

  private static @Nullable String walkAll(Numbers numbers, Flaw flaw) {
    String problem = null;
    for (long seed = 1; seed <= WALKS && problem == null; seed++) {
      problem = walk(numbers, flaw, seed);
    }
    return problem;
  }

  @ParameterizedTest
  @EnumSource
  void noMessageIsLostOrDoubledInSilenceWhateverServerAndBrokerDo(Numbers numbers) {
    assertThat(walkAll(numbers, Flaw.NONE)).isNull();
  }

  /** The walks would find what the histories depend on. */
  @ParameterizedTest
  @EnumSource(value = Flaw.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aFlawIsFound(Flaw flaw) {
    assertThat(walkAll(Numbers.DENSE, flaw)).isNotNull();
    assertThat(walkAll(Numbers.SPARSE, flaw)).isNotNull();
  }
}
