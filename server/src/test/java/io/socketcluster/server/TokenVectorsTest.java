// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Good, bad and forged tokens, and what socketcluster-server 20.0.1 answered to each; {@code
 * src/test/vectors/tokens.cjs} has asked it. EdDSA it does not know: there the answers are those
 * for ES256.
 */
class TokenVectorsTest {
  private static final String INVALID = "AuthTokenInvalidError: ";

  /** Where we are stricter, or as strict with another name. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "crit", INVALID + "invalid token", // RFC 7515 asks for it
          "payload is a list", INVALID + "invalid token", // a token is an object
          "payload is no JSON", INVALID + "invalid token", // not in the words of V8
          "signature cut", INVALID + "invalid signature"); // not of another library's

  private static JsonNode vectors() throws IOException {
    try (InputStream file = TokenVectorsTest.class.getResourceAsStream("token-vectors.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(file));
    }
  }

  private static String meaning(JsonNode answer) {
    JsonNode error =
        answer.has("error") ? answer.path("error") : answer.path("data").path("authError");
    if (error.isNull()) {
      return "authenticated";
    }
    StringBuilder meaning = new StringBuilder();
    meaning.append(error.path("name").asString()).append(": ");
    meaning.append(error.path("message").asString());
    for (String property : new String[] {"expiry", "date"}) {
      if (error.has(property)) {
        meaning.append(' ').append(error.path(property).asString());
      }
    }
    return meaning.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS256", "ES256", "EdDSA"})
  void everyTokenIsAnsweredAsTheReferenceDoes(String algorithm) throws IOException {
    JsonNode vectors = vectors().path(algorithm);
    Map<String, String> answers = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    try (TestServer test = TestServer.start(ignored -> options(vectors.path("options")))) {
      RawClient client = test.open();
      int cid = 1;
      for (JsonNode row : vectors.path("rows")) {
        String kind = row.path("kind").asString();
        cid++;
        client.send(
            "{\"event\":\"#authenticate\",\"cid\":%d,\"data\":%s}"
                .formatted(cid, row.path("token")));
        JsonNode answer = client.nextJson();
        answers.put(kind, meaning(answer));
        expected.put(kind, DIFFERENCES.getOrDefault(kind, row.path("answer").asString()));
        boolean isBad = answer.path("error").path("isBadToken").asBoolean(false);
        assertThat(isBad).as(kind).isEqualTo(answer.has("error"));
        if (isBad) {
          assertThat(client.next()).as(kind).isEqualTo("{\"event\":\"#removeAuthToken\"}");
        }
      }
    }
    SoftAssertions.assertSoftly(
        softly ->
            expected.forEach(
                (kind, answer) -> softly.assertThat(answers.get(kind)).as(kind).isEqualTo(answer)));
    assertThat(answers).hasSizeGreaterThan(25);
  }

  private static AGServerOptions.Builder options(JsonNode options) {
    AGServerOptions.Builder builder = AGServerOptions.builder().eventLoops(1);
    builder.authAlgorithm(options.path("authAlgorithm").asString());
    if (options.has("authKey")) {
      return builder.authKey(options.path("authKey").asString());
    }
    return builder
        .authPrivateKey(options.path("authPrivateKey").asString())
        .authPublicKey(options.path("authPublicKey").asString());
  }
}
