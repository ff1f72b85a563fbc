// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGCluster;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ClusterAnswer;
import io.socketcluster.server.ClusterSockets;
import io.socketcluster.server.internal.cluster.ServersMessage.Answer;
import io.socketcluster.server.internal.cluster.ServersMessage.Here;
import io.socketcluster.server.internal.cluster.ServersMessage.Question;
import io.socketcluster.server.internal.cluster.ServersMessage.Revoked;
import io.socketcluster.server.internal.tokens.RevokedTokens;
import io.socketcluster.server.tokens.TokenRevocation;
import io.socketcluster.stream.Consumption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The cluster as one of its servers sees it. Until {@link #join} the server is alone. Thread-safe.
 */
public final class ServerCluster implements AGCluster {
  private final String self;
  private final OwnSockets sockets;
  private final ClusterFailures failures;
  private final OtherServers others = new OtherServers(System::nanoTime);
  private final RevokedTokens revoked;
  private final Questions questions = new Questions();
  private volatile @Nullable Joined joined;

  /** The parts that exist only while the server has joined. */
  private record Joined(
      ServersLink link, Presence presence, Consumption messages, Consumption ready) {}

  /**
   * @param self the id of this server
   * @param clients a live view of its sockets that have completed their handshake, by id
   */
  public ServerCluster(
      String self,
      Map<String, AGServerSocket> clients,
      RevokedTokens revoked,
      ClusterFailures failures) {
    this.self = self;
    this.revoked = revoked;
    this.sockets = new OwnSockets(clients, revoked, failures);
    this.failures = failures;
  }

  /** Joins the servers on the same broker; without effect when that was done before. */
  public synchronized void join(AGBrokerEngine engine) {
    if (joined != null) {
      return;
    }
    ServersLink link = new ServersLink(engine, self, failures);
    Presence presence = new Presence(link, others, self);
    Consumption messages = link.onMessage(message -> handle(link, message));
    Consumption ready = engine.listener(BrokerEvent.READY).consume(event -> presence.announce());
    joined = new Joined(link, presence, messages, ready);
    link.join()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failures.failed("This server cannot be reached by agServer.cluster()", failure);
              }
              presence.begin();
            });
  }

  /** Leaves, and is alone again. */
  public synchronized void leave() {
    Joined left = joined;
    joined = null;
    if (left != null) {
      left.presence().end();
      left.ready().close();
      left.link().leave();
    }
  }

  private void handle(ServersLink link, ServersMessage message) {
    String from = message.from();
    if (from.equals(self)) {
      return;
    }
    if (message instanceof ServersMessage.Leaving) {
      others.left(from);
      return;
    }
    if (others.heard(from)) { // a question may come before its announcement
      link.tell(from, new Here(self));
      tellRevoked(link, from);
    }
    switch (message) {
      case Answer answer -> questions.answered(answer);
      case Revoked told -> sockets.revoke(told.revocations());
      case Question question -> link.tell(from, follow(question));
      default -> {}
    }
  }

  private void tellRevoked(ServersLink link, String newcomer) {
    for (Revoked page : Revoked.pages(self, revoked.inForce())) {
      link.tell(newcomer, page);
    }
  }

  private Answer follow(Question question) {
    return new Answer(self, question.number(), sockets.follow(question.order()));
  }

  private CompletableFuture<ClusterAnswer> ask(Order order) {
    Joined now = joined;
    if (now == null) {
      return questions.ask(
          new Gathering(self, Set.of(), false), (number, answers) -> followOwn(order, answers));
    }
    boolean mayBeMore = !now.presence().hasBeenAnnouncedFor(Questions.LIMIT);
    return questions.ask(
        new Gathering(self, others.names(), mayBeMore),
        (number, answers) -> {
          now.link()
              .tellAll(new Question(self, number, order))
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      answers.unreachable();
                    }
                  });
          followOwn(order, answers);
        });
  }

  private void followOwn(Order order, Gathering answers) {
    ApplicationThreads.EXECUTOR.execute(() -> answers.answered(self, sockets.follow(order)));
  }

  @Override
  public ClusterSockets socket(String id) {
    return new SelectedSockets(this::ask, new Target.SocketId(Objects.requireNonNull(id, "id")));
  }

  @Override
  public ClusterSockets socketsWithClaim(String claim, Object value) {
    JsonNode json = Payload.of(value).node();
    if (json.isContainer() || json.isNull()) {
      throw new InvalidArgumentsError(
          "value is " + json + "; allowed: a string, a number or a boolean");
    }
    return new SelectedSockets(
        this::ask, new Target.Claim(Objects.requireNonNull(claim, "claim"), json));
  }

  @Override
  public CompletableFuture<ClusterAnswer> clientsCount() {
    return ask(Order.of(Order.Action.COUNT, new Target.Everyone()));
  }

  @Override
  public CompletableFuture<ClusterAnswer> subscribersCount(String channel) {
    Target subscribers = new Target.Subscribers(Objects.requireNonNull(channel, "channel"));
    return ask(Order.of(Order.Action.COUNT, subscribers));
  }

  @Override
  public CompletableFuture<ClusterAnswer> recheck(String pattern) {
    return new SelectedSockets(this::ask, new Target.Everyone()).recheck(pattern);
  }

  @Override
  public CompletableFuture<ClusterAnswer> revokeTokens(TokenRevocation revocation) {
    return revoked.add(revocation)
        ? ask(Order.of(Order.Action.REVOKE, new Target.Revoked(revocation)))
        : CompletableFuture.failedFuture(OwnSockets.tooMany());
  }

  @Override
  public long ignoredMessages() {
    Joined now = joined;
    return now == null ? 0 : now.link().ignored();
  }
}
