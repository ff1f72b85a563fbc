// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;

/**
 * An application whose worker tells its process id. {@code POST /publish} publishes the body to
 * {@code room}.
 */
public final class BenchWorker implements WorkerController {
  /** The procedure that tells the process id. */
  static final String PID = "pid";

  @Override
  public void configure(AGServerOptions.Builder options) {
    HttpHandler publishing = BenchWorker::publish;
    options.httpHandler(publishing);
  }

  @Override
  public void run(SocketClusterWorker worker) {
    long pid = ProcessHandle.current().pid();
    worker
        .agServer()
        .onConnection(socket -> socket.procedure(PID).consume(request -> request.end(pid)));
  }

  private static HttpAnswer publish(HttpRequest request) {
    request.server().exchange().invokePublish("room", new String(request.body(), UTF_8)).join();
    return HttpAnswer.text(200, "ok");
  }
}
