// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.client.internal.transport.ClientLoops;
import io.socketcluster.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TokenKeeperTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SocketLoop loop = new SocketLoop(ClientLoops.next(), TimeSource.system());
  private final TokenKeeper keeper = new TokenKeeper(loop);
  private final SlowEngine engine = new SlowEngine();

  /** Writes down what it is asked, and answers when it may. */
  private static final class SlowEngine implements AuthEngine {
    private final AuthEngine memory = new MemoryAuthEngine();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    private void write(String question) {
      asked.add(question + (Thread.currentThread().isVirtual() ? "" : " on an event loop"));
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void saveToken(String name, String signedAuthToken) throws IOException {
      write("save " + signedAuthToken);
      memory.saveToken(name, signedAuthToken);
    }

    @Override
    public @Nullable String removeToken(String name) throws IOException {
      write("remove");
      return memory.removeToken(name);
    }

    @Override
    public @Nullable String loadToken(String name) throws IOException {
      write("load");
      return memory.loadToken(name);
    }
  }

  private CompletableFuture<@Nullable String> onLoop(
      Supplier<CompletableFuture<@Nullable String>> question) {
    CompletableFuture<CompletableFuture<@Nullable String>> asked = new CompletableFuture<>();
    loop.run(() -> asked.complete(question.get()));
    return asked.join();
  }

  @Test
  void asksOneAfterTheOtherAndNeverOnTheEventLoop() {
    CompletableFuture<@Nullable String> first = onLoop(() -> keeper.save(engine, "t", "one"));
    CompletableFuture<@Nullable String> loaded = onLoop(() -> keeper.load(engine, "t"));
    CompletableFuture<@Nullable String> second = onLoop(() -> keeper.save(engine, "t", "two"));
    CompletableFuture<@Nullable String> removed = onLoop(() -> keeper.remove(engine, "t"));
    CompletableFuture<@Nullable String> last = onLoop(() -> keeper.load(engine, "t"));
    engine.mayAnswer.countDown();

    assertThat(last).succeedsWithin(PATIENCE).isNull();
    assertThat(engine.asked).containsExactly("save one", "load", "save two", "remove", "load");
    assertThat(first).isCompletedWithValue("one");
    assertThat(loaded).isCompletedWithValue("one");
    assertThat(second).isCompletedWithValue("two");
    assertThat(removed).isCompletedWithValue("two");
  }

  @Test
  void continuationsRunOnTheEventLoop() {
    CompletableFuture<Boolean> where = new CompletableFuture<>();
    loop.run(
        () ->
            keeper
                .load(engine, "t")
                .thenAccept(token -> where.complete(loop.eventLoop().inEventLoop())));
    engine.mayAnswer.countDown();

    assertThat(where).succeedsWithin(PATIENCE).isEqualTo(true);
  }

  /** Fails in every way that there is. */
  private static final class FailingEngine implements AuthEngine {
    @Override
    public void saveToken(String name, String signedAuthToken) {
      throw new NoClassDefFoundError("gone");
    }

    @Override
    public @Nullable String removeToken(String name) {
      throw new IllegalStateException("broken");
    }

    @Override
    public @Nullable String loadToken(String name) throws IOException {
      throw new IOException("no disk");
    }
  }

  private static void assertFailsWith(
      Class<? extends Throwable> expected, CompletableFuture<@Nullable String> answer) {
    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(expected);
  }

  @Test
  void aFailureConcernsOneQuestionAndNotTheNext() {
    AuthEngine broken = new FailingEngine();
    engine.mayAnswer.countDown();

    assertFailsWith(IOException.class, onLoop(() -> keeper.load(broken, "t")));
    assertFailsWith(IllegalStateException.class, onLoop(() -> keeper.remove(broken, "t")));
    assertFailsWith(NoClassDefFoundError.class, onLoop(() -> keeper.save(broken, "t", "x")));
    assertThat(onLoop(() -> keeper.save(engine, "t", "x"))).succeedsWithin(PATIENCE);
  }
}
