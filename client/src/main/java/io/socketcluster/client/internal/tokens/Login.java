// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * A token that the server has accepted. Immutable.
 *
 * @param signedAuthToken as it was signed: a secret
 * @param authToken its claims; text when they are no JSON, missing when it is no JSON Web Token
 */
public record Login(String signedAuthToken, JsonNode authToken) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  public static Login of(String signedAuthToken) {
    return new Login(signedAuthToken, claims(signedAuthToken));
  }

  /** Reads the claims, which the server has verified and a client need not. */
  private static JsonNode claims(String signedAuthToken) {
    String[] parts = signedAuthToken.split("\\.", -1);
    if (parts.length < 2) {
      return MissingNode.getInstance();
    }
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    } catch (IllegalArgumentException e) {
      text = parts[1];
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.stringNode(text);
    }
  }

  @Override
  public String toString() {
    return "Login[" + authToken + "]";
  }
}
