// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The head of all answers with one type of content, which no cache keeps and which pages of the
 * origins that are allowed may read. It is made once and not for each poll. Thread-safe.
 */
public final class AnswerHead {
  private static final int OK = 200;
  private static final byte[] NOTHING = {};

  private final HttpAnswer answer;
  private final Made withoutOrigin;
  private volatile Made recent; // most polls come from pages of one origin

  /** What was made for the requests of an origin. */
  private record Made(@Nullable String origin, HttpAnswer answer) {}

  private AnswerHead(HttpAnswer answer) {
    this.answer = answer;
    this.withoutOrigin = make(null);
    this.recent = withoutOrigin;
  }

  /** Returns the head of answers 200 with this content. */
  public static AnswerHead of(String contentType) {
    return new AnswerHead(HttpAnswer.of(OK, contentType, NOTHING));
  }

  /**
   * Returns the answer to a request.
   *
   * @param request of an origin that was allowed
   */
  public HttpAnswer with(UpgradeRequest request, byte[] body) {
    return new HttpAnswer(OK, madeFor(request.header("origin")).answer.headers(), body);
  }

  private Made madeFor(@Nullable String origin) {
    if (origin == null) {
      return withoutOrigin;
    }
    Made made = recent;
    if (!origin.equals(made.origin)) {
      made = make(origin);
      recent = made;
    }
    return made;
  }

  private Made make(@Nullable String origin) {
    return new Made(origin, Cors.readable(origin, answer));
  }
}
