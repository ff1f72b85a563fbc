// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.internal.middleware.MiddlewareReports;
import io.socketcluster.stream.ConsumptionErrorHandler;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of a server. What any client can cause by itself is emitted only; a fault of the
 * application is logged, too, when nobody listens. A failure climbs: a listener of a socket's
 * {@code error} that fails is a warning of the server, a listener of warnings that fails is a line
 * in the log, and no listener is told its own failure. Thread-safe.
 */
public final class ServerWarnings implements MiddlewareReports, ConsumptionErrorHandler {
  private static final String NAME = AGServer.WARNING.name();

  /** Clients can cause warnings faster than a slow listener handles them. */
  static final int MOST_WAITING = 4096;

  private final StreamDemux<Object> listeners;
  private final FailureLog log = new FailureLog();

  /**
   * @param handlers runs the handlers of the server's listeners
   */
  public ServerWarnings(Executor handlers) {
    listeners = new StreamDemux<>(this, handlers);
  }

  /** Returns the listeners of the server, the one of its warnings among them. */
  public StreamDemux<Object> listeners() {
    return listeners;
  }

  public FailureLog log() {
    return log;
  }

  /** Emits what clients cause, unless the listeners are far behind: the log says that they are. */
  public void warn(Throwable warning) {
    emit(warning);
  }

  /** Returns whether there was room for the warning. */
  private boolean emit(Throwable warning) {
    if (listeners.getBackpressure(NAME) >= MOST_WAITING) {
      log.log("The listeners of warnings are behind, and are not told of a warning", warning);
      return false;
    }
    listeners.write(NAME, new ServerEvent.Warning(warning));
    return true;
  }

  @Override
  public void refused(Throwable reason) {
    warn(reason);
  }

  @Override
  public void failed(String event, Throwable failure) {
    failed(event, failure, false);
  }

  /**
   * Emits a fault of the application, and logs it if nobody hears.
   *
   * @param isHeard whether a listener elsewhere is told
   */
  public void failed(String event, Throwable failure, boolean isHeard) {
    boolean isLogged = !isHeard && listeners.getConsumerCount(NAME) == 0;
    if (emit(failure) && (isLogged || FailureLog.isSevere(failure))) {
      log.log(event, failure);
    }
  }

  /** The broker failed, or a consumer of the exchange. */
  public void brokerFailed(Throwable failure) {
    if (failure instanceof InvalidArgumentsError) {
      warn(failure); // a client published data that has not the type that a consumer expects
    } else {
      failed("The broker or a consumer of the exchange failed", failure);
    }
  }

  /** The application emits an error that the server does not survive. */
  public void fatal(Throwable error) {
    boolean isLogged = listeners.getConsumerCount(AGServer.ERROR.name()) == 0;
    listeners.write(AGServer.ERROR.name(), new ServerEvent.Failure(error));
    if (isLogged) {
      log.log("An error of the server was emitted", error);
    }
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle(null, item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    String event = "The listener \"" + stream + "\" of the server failed";
    if (item instanceof ServerEvent.Warning) {
      log.log(event, error);
    } else {
      failed(event, error);
    }
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    String event = "The executor for consumers of \"" + stream + "\" took no task";
    if (NAME.equals(stream)) {
      log.log(event, error);
    } else {
      failed(event, error);
    }
  }
}
