// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A key with the algorithm that it signs with and those that it accepts. Immutable. */
public final class TokenKey {
  private final KeyMaterial material;
  private final JWSAlgorithm algorithm;
  private final List<JWSAlgorithm> accepted;

  private TokenKey(KeyMaterial material, JWSAlgorithm algorithm, List<JWSAlgorithm> accepted) {
    this.material = material;
    this.algorithm = algorithm;
    this.accepted = accepted;
  }

  /** Returns a key that uses and accepts the algorithm that is usual for it. */
  public static TokenKey of(KeyMaterial material) {
    return new TokenKey(material, material.usual(), List.of(material.usual()));
  }

  /** Returns the same key for another algorithm, the only one that it accepts. */
  public TokenKey withAlgorithm(String name) {
    JWSAlgorithm fitting = material.fitting("authAlgorithm", name);
    return new TokenKey(material, fitting, List.of(fitting));
  }

  /** Returns the same key, which accepts these algorithms; the one it signs with is among them. */
  public TokenKey accepting(List<String> names) {
    List<JWSAlgorithm> fitting =
        names.stream().map(name -> material.fitting("authVerifyAlgorithms", name)).toList();
    if (material.canSign() && !fitting.contains(algorithm)) {
      throw new InvalidOptionsError(
          "authVerifyAlgorithms is "
              + names
              + "; allowed: a list with "
              + algorithm
              + ", which signs");
    }
    return new TokenKey(material, algorithm, fitting);
  }

  /** Returns the name of the algorithm that it signs with. */
  public String algorithm() {
    return algorithm.getName();
  }

  /** Returns whether it signs. */
  public boolean canSign() {
    return material.canSign();
  }

  /**
   * Signs claims.
   *
   * @param headers what the header has besides {@code alg} and {@code typ}
   */
  public String sign(ObjectNode claims, Map<String, JsonNode> headers) {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    header.put("alg", algorithm.getName());
    header.put("typ", "JWT");
    headers.forEach(header::set);
    String content =
        Base64URL.encode(header.toString()) + "." + Base64URL.encode(claims.toString());
    try {
      byte[] input = content.getBytes(StandardCharsets.US_ASCII);
      return content + "." + material.sign(new JWSHeader(algorithm), input);
    } catch (JOSEException e) {
      throw new AuthTokenError("The auth token could not be signed");
    }
  }

  /** Returns whether a token says that it was signed with an algorithm of this key. */
  public boolean accepts(ReceivedToken token) {
    return accepted.stream().anyMatch(algorithm -> token.isSignedWith(algorithm.getName()));
  }

  /** Returns whether a token that {@link #accepts} let through was signed with this key. */
  public boolean hasSigned(ReceivedToken token) {
    try {
      JWSAlgorithm of = material.fitting("alg", token.algorithm());
      return material.verifies(of, token.signingInput(), token.signature());
    } catch (JOSEException | InvalidOptionsError e) {
      return false;
    }
  }
}
