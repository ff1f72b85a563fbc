// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.internal.memory.MemoryDefaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The rules between the options of a server, each of which is allowed by itself. */
public final class OptionRules {
  /** The bytes that one read may bring behind a request. */
  private static final long ONE_READ = 64 * 1024;

  private OptionRules() {}

  /**
   * Checks all rules and returns the key that was given for tokens, or null without one.
   *
   * @throws InvalidOptionsError when some do not hold, with a line for each
   */
  public static @Nullable AuthKey check(OptionValues values) {
    List<String> refusals = new ArrayList<>();
    collect(refusals, () -> checkPings(values));
    collect(refusals, () -> checkMemory(values));
    collect(refusals, () -> checkProxies(values));
    collect(refusals, () -> checkEndpoints(values));
    AtomicReference<@Nullable AuthKey> key = new AtomicReference<>();
    collect(refusals, () -> key.set(new AuthOptions(values).check()));
    if (!refusals.isEmpty()) {
      throw new InvalidOptionsError(String.join("\n", refusals));
    }
    return key.get();
  }

  private static void collect(List<String> refusals, Runnable check) {
    try {
      check.run();
    } catch (InvalidOptionsError e) {
      refusals.add(String.valueOf(e.getMessage()));
    }
  }

  /** Returns all endpoints; the first is described by options of its own. */
  public static List<AGEndpoint> endpoints(OptionValues values) {
    List<AGEndpoint> all = new ArrayList<>();
    all.add(firstEndpoint(values));
    all.addAll(values.get(DeclaredOptions.ENDPOINTS));
    return List.copyOf(all);
  }

  public static AGEndpoint firstEndpoint(OptionValues values) {
    AGEndpoint first =
        AGEndpoint.of(values.get(DeclaredOptions.PATH))
            .withCodecEngine(values.get(DeclaredOptions.CODEC_ENGINE));
    ProtocolVersion given = values.find(DeclaredOptions.PROTOCOL_VERSION);
    return given == null ? first : first.withProtocolVersion(given);
  }

  /** Returns what the limits of a socket's parts need together, unless another bound was given. */
  public static int socketMemoryLimit(OptionValues values) {
    Integer given = values.find(DeclaredOptions.SOCKET_MEMORY_LIMIT);
    if (given != null) {
      return given;
    }
    long sum =
        MemoryDefaults.forSocket(
            values.get(DeclaredOptions.MAX_PAYLOAD),
            values.get(DeclaredOptions.INBOUND_BUFFER_LIMIT),
            values.get(DeclaredOptions.OUTBOUND_BUFFER_LIMIT));
    long most = Math.max(sum, forRequest(values));
    long limit = values.get(DeclaredOptions.MEMORY_LIMIT);
    return (int) Math.min(most, Math.min(limit, Integer.MAX_VALUE));
  }

  /** A plain request counts twice while it arrives: its body is kept in an array that grows. */
  private static long forRequest(OptionValues values) {
    long longest = values.get(DeclaredOptions.MAX_REQUEST_BODY);
    return 2 * (longest + values.get(DeclaredOptions.MAX_HEADER_SIZE) + ONE_READ);
  }

  private static void checkMemory(OptionValues values) {
    Integer given = values.find(DeclaredOptions.SOCKET_MEMORY_LIMIT);
    long least = 2L * values.get(DeclaredOptions.MAX_PAYLOAD);
    if (given != null && given < least) {
      throw values.refused(DeclaredOptions.SOCKET_MEMORY_LIMIT, least + " or more");
    }
  }

  private static void checkProxies(OptionValues values) {
    if (values.get(DeclaredOptions.PROXY_PROTOCOL)
        && values.get(DeclaredOptions.TRUSTED_PROXIES).isEmpty()) {
      throw values.refused(DeclaredOptions.PROXY_PROTOCOL, "false without trustedProxies");
    }
  }

  private static void checkPings(OptionValues values) {
    Duration interval = values.get(DeclaredOptions.PING_INTERVAL);
    boolean isOff = values.get(DeclaredOptions.PING_TIMEOUT_DISABLED);
    if (!isOff && values.get(DeclaredOptions.PING_TIMEOUT).compareTo(interval) <= 0) {
      throw values.refused(
          DeclaredOptions.PING_TIMEOUT, "more than pingInterval, which is " + interval);
    }
  }

  private static void checkEndpoints(OptionValues values) {
    Set<String> paths = new HashSet<>();
    for (AGEndpoint endpoint : endpoints(values)) {
      String path = endpoint.path();
      if (!DeclaredOptions.isPath(path)) {
        throw refused(path, "a path that begins with / and has no query");
      }
      if (!paths.add(path)) {
        throw refused(path, "a path that no other endpoint has");
      }
      if (endpoint.protocolVersion() == ProtocolVersion.V0) {
        throw new InvalidOptionsError(
            "protocolVersion is V0 at " + path + "; allowed: V1, V2 or DETECT");
      }
      if (endpoint.protocolVersion() == ProtocolVersion.DETECT
          && !(endpoint.codecEngine() instanceof JsonCodec)) {
        throw new InvalidOptionsError(
            "protocolVersion is DETECT at "
                + path
                + "; allowed: V1 or V2 with a codec other than JSON");
      }
    }
  }

  private static InvalidOptionsError refused(String path, String allowed) {
    return new InvalidOptionsError("endpoint is " + path + "; allowed: " + allowed);
  }
}
