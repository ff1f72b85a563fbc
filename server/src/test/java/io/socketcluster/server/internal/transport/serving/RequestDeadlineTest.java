// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final RequestDeadline deadline = new RequestDeadline(LIMIT, IDLE);

  @BeforeEach
  void start() {
    channel.freezeTime();
    channel.pipeline().addLast(deadline);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    channel.finishAndReleaseAll();
  }

  private void receive(Object message) {
    channel.writeInbound(message);
  }

  private boolean isOpenAfter(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    return channel.isOpen();
  }

  private static DefaultHttpRequest request() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
  }

  @Test
  void aConnectionThatSendsNothingIsClosed() {
    assertThat(isOpenAfter(LIMIT.minusMillis(1))).isTrue();
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void aRequestThatGoesOnAndOnIsClosed() {
    receive(request());
    for (int second = 1; second < LIMIT.toSeconds(); second++) {
      receive(new DefaultHttpContent(Unpooled.copyInt(second)));
      assertThat(isOpenAfter(Duration.ofSeconds(1))).isTrue();
    }

    assertThat(isOpenAfter(Duration.ofSeconds(1))).isFalse();
  }

  @Test
  void theAnswerToAWholeRequestHasItsOwnTime() {
    receive(request());
    assertThat(isOpenAfter(LIMIT.minusMillis(1))).isTrue();
    receive(LastHttpContent.EMPTY_LAST_CONTENT);

    assertThat(isOpenAfter(RequestDeadline.ANSWER_LIMIT.minusMillis(1))).isTrue();
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void moreRequestsGiveNoMoreTime() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(isOpenAfter(RequestDeadline.ANSWER_LIMIT.minusMillis(1))).isTrue();
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);

    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void anUpgradeEndsIt() {
    receive(request());
    channel.pipeline().remove(RequestDeadline.class);

    assertThat(isOpenAfter(Duration.ofHours(1))).isTrue();
  }

  @Test
  void everyMessageGoesOn() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);

    assertThat(channel.inboundMessages()).hasSize(2);
  }

  @Test
  void aBodyHasItsTimeFromItsFirstPart() {
    assertThat(isOpenAfter(LIMIT.minusMillis(1))).isTrue();
    receive(request());
    receive(new DefaultHttpContent(Unpooled.copyInt(1)));

    assertThat(isOpenAfter(LIMIT.minusMillis(1))).isTrue();
    receive(new DefaultHttpContent(Unpooled.copyInt(2)));
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void anIdleConnectionIsClosedUnlessTheNextRequestComes() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    deadline.answered(channel);
    assertThat(isOpenAfter(IDLE.minusMillis(1))).isTrue();
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(isOpenAfter(IDLE.plusMillis(1))).isTrue();
    deadline.answered(channel);

    assertThat(isOpenAfter(IDLE.minusMillis(1))).isTrue();
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void anAnswerThatIsSuspendedTakesAsLongAsItTakes() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    deadline.suspend();
    assertThat(isOpenAfter(Duration.ofHours(1))).isTrue();
    deadline.resume(channel);

    assertThat(isOpenAfter(RequestDeadline.ANSWER_LIMIT.minusMillis(1))).isTrue();
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void aDeadlineMayMoveToAnEarlierTime() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    deadline.answered(channel);

    assertThat(isOpenAfter(IDLE.minusMillis(1))).isTrue();
    assertThat(isOpenAfter(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void aClosedConnectionLeavesNoTimer() {
    receive(request());
    receive(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.close();

    assertThat(channel.hasPendingTasks()).isFalse();
  }
}
