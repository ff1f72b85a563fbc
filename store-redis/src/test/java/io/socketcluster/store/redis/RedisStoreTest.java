// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.store.StoreChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisStoreTest {
  @Test
  void aClusterOfRedisIsRefused() {
    assertThatThrownBy(() -> RedisStore.at("redis+cluster://one,two").build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("allowed: redis:// and redis+sentinel://");
  }

  @Test
  void aKeyIsFoundAgainInItsName() {
    RedisNames names = new RedisNames("p*[x]");

    assertThat(names.key(names.value("é:*"))).isEqualTo("é:*");
    assertThat(names.pattern()).isEqualTo("p\\*\\[x\\]:value:*");
  }

  @Test
  void aChangeIsAMessageAndOtherMessagesAreNone() {
    StoreChange change = new StoreChange("set", List.of("é", "\"b\"", ""));

    assertThat(ChangeCodec.decode(ChangeCodec.encode(change))).isEqualTo(change);
    for (String other : List.of("", "null", "[]", "[1]", "[\"set\",{}]", "{\"a\":\"b\"}", "x")) {
      assertThat(ChangeCodec.decode(other.getBytes(UTF_8))).isNull();
    }
  }
}
