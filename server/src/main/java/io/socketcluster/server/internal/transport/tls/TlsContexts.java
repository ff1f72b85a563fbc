// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.TlsOptions.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes what Netty needs to speak TLS of the options, or says what is wrong with them. */
final class TlsContexts {
  /** A client that offers HTTP/2 first gets HTTP/1.1, over which it can upgrade. */
  private static final ApplicationProtocolConfig HTTP_1 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  private TlsContexts() {}

  /**
   * Returns a context for the options, whose files are read now.
   *
   * @throws InvalidOptionsError when they cannot be used
   */
  static SslContext of(TlsOptions options) {
    try {
      TlsCheck.check(builder(options).build());
      Pem authorities = options.clientAuthorities();
      SslContextBuilder builder = builder(options);
      if (authorities != null) {
        builder
            .trustManager(open("tls.clientAuthorities", authorities))
            .clientAuth(
                options.isClientCertificateRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw refused(options, e);
    }
  }

  private static SslContextBuilder builder(TlsOptions options) {
    return SslContextBuilder.forServer(
            open("tls.certificateChain", options.certificateChain()),
            open("tls.privateKey", options.privateKey()),
            options.passphrase())
        .protocols(options.protocols())
        .applicationProtocolConfig(HTTP_1);
  }

  private static InputStream open(String name, Pem pem) {
    @Nullable Path file = pem.file();
    if (file == null) {
      return new ByteArrayInputStream(String.valueOf(pem.text()).getBytes(UTF_8));
    }
    try {
      return new ByteArrayInputStream(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidOptionsError(name + " is " + file + "; allowed: a file that can be read");
    }
  }

  /** Says what was wrong in words of the cause, which knows neither key nor passphrase. */
  private static InvalidOptionsError refused(TlsOptions options, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getMessage() == null ? root.toString() : root.getMessage();
    InvalidOptionsError error =
        new InvalidOptionsError(
            "tls has a certificate "
                + options.certificateChain()
                + " and a key "
                + options.privateKey()
                + " that cannot be used ("
                + why
                + "); allowed: PEM certificates, the server's first, and its private key in PKCS #8"
                + " with its passphrase");
    error.addSuppressed(cause);
    return error;
  }
}
