// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.BrokerConnector;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.protocol.errors.BrokerError;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to NATS. They do not reconnect by themselves: the client library would keep
 * what was published meanwhile, and may take a connection without a socket for a live one.
 */
final class NatsConnector implements BrokerConnector {
  /** The engine has limits of its own; the library's would end a connection that is only slow. */
  private static final int PINGS_OUT = Integer.MAX_VALUE;

  private final NatsOptions settings;
  private final Subjects subjects;

  NatsConnector(NatsOptions settings) {
    this.settings = settings;
    this.subjects = new Subjects(settings.prefix());
  }

  @Override
  public String description() {
    return "NATS at " + settings.address();
  }

  @Override
  public boolean keepsHistories() {
    return true;
  }

  @Override
  public BrokerConnection connect(ConnectionEvents events) throws Exception {
    Happenings happenings = new Happenings(events);
    try {
      Connection connection = Nats.connect(options(happenings));
      return new NatsConnection(connection, subjects, happenings, events);
    } catch (AuthenticationException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw failed(e, happenings.lastError());
    }
  }

  /** The exception of the library lacks the reason, which the library has reported before. */
  private BrokerError failed(IOException failure, @Nullable String reported) {
    String reason =
        reported == null ? reason(failure) : failure.getMessage() + " (" + reported + ")";
    String known = reason.toLowerCase(Locale.ROOT);
    if (known.contains("javax.net.ssl") || known.contains("java.security.cert")) {
      String hint = "; certificates are trusted with sslContext";
      return new BrokerError("Cannot connect to " + description() + ": " + reason + hint, failure);
    }
    if (reported != null && reported.toLowerCase(Locale.ROOT).contains("auth")) {
      return refused(reported, failure);
    }
    return new BrokerError("Cannot connect to " + description() + ": " + reason, failure);
  }

  private BrokerError refused(String error, Exception cause) {
    return new BrokerError(
        description() + " refuses the user, password, token or credentials: " + error, cause);
  }

  private static String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.getCause() == null ? message : message + " (" + failure.getCause() + ")";
  }

  private Options options(Happenings happenings) throws GeneralSecurityException {
    Options.Builder builder =
        new Options.Builder()
            .servers(settings.servers())
            .connectionName("socketcluster")
            .noEcho()
            .noReconnect()
            .reportNoResponders()
            .connectionTimeout(settings.timeout())
            .socketWriteTimeout(settings.timeout())
            .maxPingsOut(PINGS_OUT)
            .callbackExecutor(new CallerThread())
            .connectionListener(happenings)
            .errorListener(happenings);
    settings.authenticate(builder);
    return builder.build();
  }
}
