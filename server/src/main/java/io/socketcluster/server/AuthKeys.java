// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.auth.ReceivedToken;
import io.socketcluster.server.internal.auth.TokenErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The keys of an engine: one signs, all of them verify.
 *
 * <p>A token that names a key is verified with that key only, and refused if no key has this id. A
 * token that names none is tried with all keys. If no key has an id, the name in a token is
 * ignored. Immutable.
 */
public final class AuthKeys {
  private final List<AuthKey> keys; // the first one signs
  private final boolean haveIds;

  private AuthKeys(List<AuthKey> keys) {
    this.keys = List.copyOf(keys);
    this.haveIds = keys.stream().anyMatch(key -> key.id() != null);
    requireDifferentIds();
    if (!signing().canSign()) {
      throw new InvalidOptionsError("The first key is " + signing() + "; allowed: one that signs");
    }
  }

  private void requireDifferentIds() {
    Set<String> ids = new HashSet<>();
    for (AuthKey key : keys) {
      String id = key.id();
      if (id != null && !ids.add(id)) {
        throw new InvalidOptionsError("Two keys have the id " + id + "; allowed: different ids");
      }
    }
  }

  /**
   * Returns a set of keys.
   *
   * @param signing signs and verifies
   * @param verifying only verify, even if they could sign
   * @throws InvalidOptionsError if {@code signing} cannot sign, or two keys have the same id
   */
  public static AuthKeys of(AuthKey signing, AuthKey... verifying) {
    Objects.requireNonNull(signing, "signing");
    Objects.requireNonNull(verifying, "verifying");
    List<AuthKey> keys = new ArrayList<>(List.of(verifying));
    keys.addFirst(signing);
    return new AuthKeys(keys);
  }

  /** Returns these keys with an additional key that signs from now on. */
  public AuthKeys rotatedTo(AuthKey newSigning) {
    List<AuthKey> more = new ArrayList<>(keys);
    more.addFirst(Objects.requireNonNull(newSigning, "newSigning"));
    return new AuthKeys(more);
  }

  /**
   * Returns these keys without one key, whose tokens are refused from now on.
   *
   * @throws InvalidOptionsError if no key has this id, or the signing key has it
   */
  public AuthKeys without(String id) {
    if (id.equals(signing().id())) {
      throw new InvalidOptionsError("The key " + id + " signs; allowed: one that verifies only");
    }
    List<AuthKey> fewer = keys.stream().filter(key -> !id.equals(key.id())).toList();
    if (fewer.size() == keys.size()) {
      throw new InvalidOptionsError("There is no key with the id " + id);
    }
    return new AuthKeys(fewer);
  }

  /** Returns the key that signs. */
  public AuthKey signing() {
    return keys.getFirst();
  }

  /** Returns all keys, beginning with the signing key. */
  public List<AuthKey> all() {
    return keys;
  }

  boolean haveIds() {
    return haveIds;
  }

  /** Refuses a token that none of these keys has signed. */
  void require(ReceivedToken token) throws AGException {
    List<AuthKey> candidates = keys;
    if (haveIds && token.hasKeyId()) {
      candidates = keys.stream().filter(key -> token.hasKeyId(key.id())).toList();
      if (candidates.isEmpty()) {
        throw TokenErrors.invalid("invalid keyid");
      }
    }
    List<AuthKey> accepting = candidates.stream().filter(key -> key.key().accepts(token)).toList();
    if (accepting.isEmpty()) {
      throw TokenErrors.invalid("invalid algorithm");
    }
    if (accepting.stream().noneMatch(key -> key.key().hasSigned(token))) {
      throw TokenErrors.invalid("invalid signature");
    }
  }

  @Override
  public String toString() {
    return keys.toString();
  }
}
