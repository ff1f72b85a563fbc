// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOffersTest {
  private static final String ANSWER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate;client_max_window_bits=8",
        "permessage-deflate; client_max_window_bits=\"10\"",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        " Permessage-Deflate ; Client_Max_Window_Bits = 15 ",
        "x-webkit-deflate-frame, permessage-deflate",
        "a; b=\"c, d; e\", permessage-deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "permessage-deflate; unknown, permessage-deflate; client_max_window_bits",
      })
  void aLegalOfferIsAcceptedWithoutContexts(String offers) {
    assertThat(DeflateOffers.accept(List.of(offers))).isEqualTo(ANSWER);
  }

  @Test
  void theLargestWindowIsAgreedToWhenItIsAskedFor() {
    assertThat(DeflateOffers.accept(List.of("permessage-deflate; server_max_window_bits=15")))
        .isEqualTo(ANSWER + "; server_max_window_bits=15");
  }

  @Test
  void theOffersOfAllHeadersCount() {
    assertThat(DeflateOffers.accept(List.of("other", "permessage-deflate"))).isEqualTo(ANSWER);
    assertThat(DeflateOffers.accept(List.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ";",
        "permessage-deflat",
        "permessage-deflate=1",
        "permessage-deflate;",
        "permessage-deflate; unknown",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover=\"\"",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; client_max_window_bits=",
        "permessage-deflate; client_max_window_bits=\"10",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=14",
        "permessage-deflate; server_max_window_bits=16",
      })
  void whatIsIllegalOrCannotBeDoneIsNotAccepted(String offers) {
    assertThat(DeflateOffers.accept(List.of(offers))).isNull();
  }
}
