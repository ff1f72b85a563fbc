// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateAgreementTest {
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
    assertThat(DeflateAgreement.accept(List.of(offers))).isEqualTo(ANSWER);
  }

  @Test
  void theLargestWindowIsAgreedToWhenItIsAskedFor() {
    assertThat(DeflateAgreement.accept(List.of("permessage-deflate; server_max_window_bits=15")))
        .isEqualTo(ANSWER + "; server_max_window_bits=15");
  }

  @Test
  void theOffersOfAllHeadersCount() {
    assertThat(DeflateAgreement.accept(List.of("other", "permessage-deflate"))).isEqualTo(ANSWER);
    assertThat(DeflateAgreement.accept(List.of())).isNull();
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
    assertThat(DeflateAgreement.accept(List.of(offers))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ANSWER,
        "permessage-deflate; server_no_context_takeover",
        " Permessage-Deflate ;server_no_context_takeover; server_max_window_bits = 8",
        "permessage-deflate; server_max_window_bits=\"15\"; server_no_context_takeover",
      })
  void anAnswerToTheOfferIsAnAgreement(String answer) {
    assertThat(DeflateAgreement.isAccepted(List.of(answer))).isTrue();
  }

  @Test
  void aServerMayNotCompress() {
    assertThat(DeflateAgreement.isAccepted(List.of())).isFalse();
  }

  @Test
  void whatAServerAnswersToTheOfferIsAnAgreement() {
    String answer = DeflateAgreement.accept(List.of(DeflateAgreement.OFFER));
    assertThat(DeflateAgreement.isAccepted(List.of(Objects.requireNonNull(answer)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "permessage-deflate", // it goes on from one message to the next
        "permessage-deflate; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_max_window_bits=10", // not offered
        "permessage-deflate; server_no_context_takeover; client_max_window_bits",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=7",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=16",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; unknown",
        "permessage-deflate; server_no_context_takeover;",
        "permessage-deflate; server_no_context_takeover, permessage-deflate",
        "permessage-deflate; server_no_context_takeover, other",
        "x-webkit-deflate-frame",
      })
  void anyOtherAnswerIsAViolation(String answer) {
    assertThatThrownBy(() -> DeflateAgreement.isAccepted(List.of(answer)))
        .isInstanceOf(ProtocolViolation.class);
  }
}
