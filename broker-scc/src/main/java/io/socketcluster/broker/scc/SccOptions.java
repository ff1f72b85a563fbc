// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.scc.internal.InstanceUri;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A seat in a cluster. Checked; immutable.
 *
 * @param authKey what the state server and the brokers ask for; null when they ask for nothing
 */
record SccOptions(
    StateAddress state,
    @Nullable String authKey,
    Instance instance,
    SccMapping mapping,
    Duration moveDelay,
    @Nullable SSLContext sslContext,
    ClusterOptions limits) {

  /** The state server. */
  record StateAddress(String host, int port, boolean secure) {
    @Override
    public String toString() {
      return (secure ? "sccs://" : "scc://") + host + ":" + port;
    }
  }

  /**
   * The identity of this server in the cluster.
   *
   * @param ip the address of this machine for the other workers; null to find it out
   */
  record Instance(String version, @Nullable String ip, int port) {
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}");

    Instance {
      if (!VERSION.matcher(version).matches()) {
        throw new InvalidOptionsError(
            "version is " + version + "; allowed: three numbers, as in 9.2.0");
      }
      if (!InstanceUri.isPort(port)) {
        throw new InvalidOptionsError("instancePort is " + port + "; allowed: 1 to 65535");
      }
      if (ip != null && !InstanceUri.isHost(ip)) {
        throw new InvalidOptionsError(
            "instanceIp is " + ip + "; allowed: an IP address or a host name");
      }
    }
  }

  SccOptions {
    if (moveDelay.isNegative() || moveDelay.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new InvalidOptionsError("moveDelay is " + moveDelay + "; allowed: 0 to 1 minute");
    }
  }

  /** Without the key, which is a secret. */
  @Override
  public String toString() {
    return "SccOptions[" + state + "]";
  }
}
