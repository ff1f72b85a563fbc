// SPDX-License-Identifier: MIT
package io.socketcluster.redis;

import io.lettuce.core.RedisURI;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis. Checked; immutable.
 *
 * @param master the name that the sentinels know the master by; null without sentinels
 */
public record RedisOptions(
    Kind kind, List<Node> nodes, Login login, @Nullable String master, Setting setting) {
  private static final Map<String, Kind> SCHEMES =
      Map.of(
          "redis", Kind.SINGLE,
          "rediss", Kind.SINGLE,
          "redis+sentinel", Kind.SENTINEL,
          "rediss+sentinel", Kind.SENTINEL,
          "redis+cluster", Kind.CLUSTER,
          "rediss+cluster", Kind.CLUSTER);

  /** How the servers of Redis belong together. */
  public enum Kind {
    SINGLE(6379),
    SENTINEL(26379),
    CLUSTER(6379);

    private final int defaultPort;

    Kind(int defaultPort) {
      this.defaultPort = defaultPort;
    }
  }

  /** A server. */
  public record Node(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** What the servers ask for; empty when they ask for nothing. Kept out of messages. */
  public record Login(@Nullable String user, @Nullable String password) {
    /** Nothing is asked for. */
    public static final Login NONE = new Login(null, null);

    @Override
    public String toString() {
      return "Login[" + (password == null ? "none" : "hidden") + "]";
    }
  }

  /**
   * Whose certificates are accepted.
   *
   * @param certificates PEM; null for the JDK's own
   */
  public record Trust(boolean verifyPeer, @Nullable Path certificates) {
    /** The certificates that the JDK trusts. */
    public static final Trust OF_THE_JDK = new Trust(true, null);

    /**
     * Checks the file.
     *
     * @throws InvalidOptionsError if it cannot be read
     */
    public Trust {
      if (certificates != null && !Files.isReadable(certificates)) {
        throw new InvalidOptionsError(
            "trustedCertificates is " + certificates + "; allowed: a file that can be read");
      }
    }
  }

  /** What does not come from the address. */
  public record Setting(
      boolean tls, Trust trust, Login sentinelLogin, String prefix, Duration timeout) {}

  /**
   * Parses an address.
   *
   * @throws InvalidOptionsError if it is none
   */
  public static RedisOptions parse(
      String url, Trust trust, Login sentinelLogin, String prefix, Duration timeout) {
    int end = url.indexOf("://");
    Kind kind = end < 0 ? null : SCHEMES.get(url.substring(0, end));
    if (kind == null) {
      throw invalid("its scheme is unknown");
    }
    if (prefix.isEmpty()) {
      throw new InvalidOptionsError("prefix is empty; allowed: any other text");
    }
    boolean tls = url.startsWith("rediss");
    String rest = url.substring(end + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    int at = authority.lastIndexOf('@');
    List<Node> nodes =
        Arrays.stream(authority.substring(at + 1).split(",", -1))
            .map(each -> node(each.strip(), kind))
            .toList();
    Login login = at < 0 ? Login.NONE : login(authority.substring(0, at));
    return new RedisOptions(
        kind,
        nodes,
        login,
        master(kind, path, nodes),
        new Setting(tls, trust, sentinelLogin, prefix, timeout));
  }

  private static Node node(String text, Kind kind) {
    try {
      URI uri = new URI("redis://" + text);
      if (uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return new Node(uri.getHost(), uri.getPort() < 0 ? kind.defaultPort : uri.getPort());
      }
    } catch (URISyntaxException e) {
      throw invalid("it has no host where one has to be");
    }
    throw invalid("it has no host where one has to be");
  }

  /** {@code user:password}, or the password alone; percent-encoded. */
  private static Login login(String text) {
    int colon = text.indexOf(':');
    String user = colon <= 0 ? null : decoded(text.substring(0, colon));
    return new Login(user, decoded(text.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // its message may hold the password
      throw invalid("a percent sign in the user or the password is not %25");
    }
  }

  private static @Nullable String master(Kind kind, String path, List<Node> nodes) {
    if (kind == Kind.SENTINEL) {
      if (path.isEmpty()) {
        throw invalid("the name of the master is missing behind the sentinels");
      }
      return path;
    }
    if (!path.isEmpty()) {
      throw invalid("there is nothing behind the slash: all use the database 0");
    }
    if (kind == Kind.SINGLE && nodes.size() > 1) {
      throw invalid("several servers are redis+sentinel:// or redis+cluster://");
    }
    return null;
  }

  private static InvalidOptionsError invalid(String why) {
    return new InvalidOptionsError(
        "url is no address of Redis: "
            + why
            + "; allowed: redis://host:6379, redis://user:password@host, rediss://host,"
            + " redis+sentinel://host:26379,host/MASTER, redis+cluster://host:6379,host");
  }

  /** Returns the addresses without user and password, for messages. */
  public String address() {
    String scheme =
        (setting.tls() ? "rediss" : "redis")
            + (kind == Kind.SINGLE ? "" : "+" + kind.name().toLowerCase(Locale.ROOT));
    String hosts = nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    return scheme + "://" + hosts + (master == null ? "" : "/" + master);
  }

  /** Returns the addresses for the client library: of each server, or of the sentinels as one. */
  public List<RedisURI> uris() {
    return kind == Kind.SENTINEL ? List.of(sentinels()) : nodes.stream().map(this::uri).toList();
  }

  private RedisURI uri(Node node) {
    RedisURI uri = RedisURI.create(node.host(), node.port());
    prepare(uri);
    return uri;
  }

  private RedisURI sentinels() {
    RedisURI uri = new RedisURI();
    uri.setSentinelMasterId(master);
    for (Node node : nodes) {
      RedisURI sentinel = RedisURI.create(node.host(), node.port());
      sentinel.setTimeout(setting.timeout());
      sentinel.setSsl(setting.tls());
      sentinel.setVerifyPeer(setting.trust().verifyPeer());
      logIn(sentinel, setting.sentinelLogin());
      uri.getSentinels().add(sentinel);
    }
    prepare(uri);
    return uri;
  }

  private void prepare(RedisURI uri) {
    uri.setTimeout(setting.timeout());
    uri.setSsl(setting.tls());
    uri.setVerifyPeer(setting.trust().verifyPeer());
    uri.setClientName("socketcluster");
    logIn(uri, login);
  }

  private static void logIn(RedisURI uri, Login login) {
    if (login.password() != null && login.user() != null) {
      uri.setAuthentication(login.user(), login.password().toCharArray());
    } else if (login.password() != null) {
      uri.setAuthentication(login.password().toCharArray());
    }
  }
}
