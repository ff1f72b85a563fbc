// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static io.socketcluster.conformance.EchoCalls.assertTalks;
import static io.socketcluster.conformance.EchoCalls.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.ProxyOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.testkit.FreshCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java client through real proxies: tinyproxy for HTTP, microsocks for SOCKS 5. */
@Timeout(120)
class ClientProxyIT {
  private static final String USER = "ada";
  private static final String PASSWORD = "enchantress";

  @TempDir private static Path directory;

  private static FreshCertificate identity;
  private static AGServer plain;
  private static AGServer encrypted;
  private static Proxy http;
  private static Proxy guardedHttp;
  private static Proxy socks;
  private static Proxy guardedSocks;

  /** A proxy that runs. */
  private record Proxy(ProxyOptions options, ChildProcess process) {}

  @BeforeAll
  static void start() throws Exception {
    identity = FreshCertificate.in(directory);
    plain = TestServers.demo(0, AGServerOptions.builder());
    encrypted =
        TestServers.demo(
            0,
            AGServerOptions.builder()
                .tls(
                    identity.writeTo(
                        directory.resolve("chain"), directory.resolve("key"), TlsOptions::of)));
    http = tinyproxy("");
    guardedHttp = tinyproxy("BasicAuth " + USER + " " + PASSWORD + "\n");
    socks = microsocks(List.of());
    guardedSocks = microsocks(List.of("-u", USER, "-P", PASSWORD));
  }

  @AfterAll
  static void stop() {
    for (Proxy proxy : List.of(http, guardedHttp, socks, guardedSocks)) {
      proxy.process().close();
    }
    plain.close().join();
    encrypted.close().join();
  }

  private static Proxy tinyproxy(String authentication) throws IOException {
    int port = freePort();
    Path configuration = directory.resolve("tinyproxy-" + port + ".conf");
    Files.writeString(
        configuration,
        "Port " + port + "\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n" + authentication);
    return proxy(
        ProxyOptions.http("127.0.0.1", port),
        List.of("tinyproxy", "-d", "-c", configuration.toString()));
  }

  private static Proxy microsocks(List<String> authentication) throws IOException {
    int port = freePort();
    List<String> command =
        new ArrayList<>(List.of("microsocks", "-i", "127.0.0.1", "-p", String.valueOf(port)));
    command.addAll(authentication);
    return proxy(ProxyOptions.socks5("127.0.0.1", port), command);
  }

  private static Proxy proxy(ProxyOptions options, List<String> command) {
    Proxy proxy = new Proxy(options, ChildProcess.start(directory, command));
    await().atMost(Duration.ofSeconds(10)).until(() -> isListening(options.port()));
    return proxy;
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static AGClientOptions.Builder through(ProxyOptions proxy, AGServer server) {
    AGClientOptions.Builder options =
        AGClientOptions.builder()
            .hostname("localhost")
            .port(server.port())
            .secure(server.secure())
            .proxy(proxy);
    return server.secure() ? options.trustedCertificates(pem()) : options;
  }

  private static String pem() {
    try {
      return identity.chainPem();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Proxy open(ProxyOptions.Type type) {
    return type == ProxyOptions.Type.HTTP ? http : socks;
  }

  private static Proxy guarded(ProxyOptions.Type type) {
    return type == ProxyOptions.Type.HTTP ? guardedHttp : guardedSocks;
  }

  @ParameterizedTest
  @EnumSource
  void talksWithAndWithoutTls(ProxyOptions.Type type) throws Exception {
    assertTalks(through(open(type).options(), plain));
    assertTalks(through(open(type).options(), encrypted));
  }

  @ParameterizedTest
  @EnumSource
  void showsItsCredentials(ProxyOptions.Type type) throws Exception {
    ProxyOptions proxy = guarded(type).options().withCredentials(USER, PASSWORD);
    assertTalks(through(proxy, plain));
    assertTalks(through(proxy, encrypted));
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithWrongCredentialsWhichNoMessageTells(ProxyOptions.Type type) throws Exception {
    ProxyOptions proxy = guarded(type).options().withCredentials(USER, "a wrong secret");

    assertThat(stackTrace(refusal(through(proxy, plain)))).doesNotContain("a wrong secret");
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithoutCredentials(ProxyOptions.Type type) throws Exception {
    assertThat(refusal(through(guarded(type).options(), plain)).getCause()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void learnsThatTheProxyCannotReachTheServer(ProxyOptions.Type type) throws Exception {
    assertThat(refusal(through(open(type).options(), plain).port(freePort())).getCause())
        .isNotNull();
  }

  @Test
  void learnsThatThereIsNoProxy() throws Exception {
    assertThat(refusal(through(ProxyOptions.http("127.0.0.1", freePort()), plain)))
        .hasRootCauseInstanceOf(ConnectException.class);
    assertThat(refusal(through(ProxyOptions.http("does-not-exist.invalid", 1), plain)))
        .hasRootCauseInstanceOf(UnknownHostException.class);
  }

  private static String stackTrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
