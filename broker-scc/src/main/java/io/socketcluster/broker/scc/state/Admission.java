// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.UpgradeRequest;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Admits instances that have the key and a version that fits. Thread-safe. */
final class Admission {
  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,9})\\.\\d{1,9}\\.\\d{1,9}(?!\\d).{0,50}");
  private static final int MOST_SOCKETS = 12_000; // more than there can be members

  private final @Nullable String authKey;
  private final Set<Integer> versions;
  private final IntSupplier sockets;

  /**
   * @param sockets counts those that are connected
   */
  Admission(@Nullable String authKey, Set<Integer> versions, IntSupplier sockets) {
    this.authKey = authKey;
    this.versions = new TreeSet<>(versions);
    this.sockets = sockets;
  }

  /** Decides about both parts of a handshake. */
  void decide(AGAction action) {
    AGException refusal =
        action.type() == AGAction.Type.HANDSHAKE_WS
            ? refusal(action.request())
            : incompatibility(action.request());
    if (refusal == null) {
      action.allow();
    } else {
      action.block(refusal);
    }
  }

  private @Nullable AGException refusal(UpgradeRequest request) {
    if (authKey != null && !isKey(request.query("authKey"))) {
      return new AGException(
          "BadClusterAuthError",
          "Cannot connect to the state server without the valid authKey as a parameter of the query");
    }
    if (sockets.getAsInt() >= MOST_SOCKETS) {
      return new AGException("ClusterSizeError", "The state server has too many connections");
    }
    return null;
  }

  private boolean isKey(@Nullable String shown) {
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(UTF_8), Objects.requireNonNull(authKey).getBytes(UTF_8));
  }

  private @Nullable AGException incompatibility(UpgradeRequest request) {
    if (InstanceKind.of(request.query("instanceType")) == null) {
      return incompatible("instanceType is neither scc-broker nor scc-worker");
    }
    String version = request.query("version");
    Matcher parts = version == null ? null : VERSION.matcher(version);
    if (parts == null || !parts.matches()) {
      return incompatible("version is not of the form 9.2.0");
    }
    return versions.contains(Integer.parseInt(parts.group(1)))
        ? null
        : incompatible(
            "This state server takes instances with the major versions "
                + versions
                + "; the version of this one is "
                + version);
  }

  private static AGException incompatible(String why) {
    return new AGException("CompatibilityError", why);
  }
}
