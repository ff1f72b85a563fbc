// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers first bytes on the HTTP port that are no HTTP. Thread-safe. */
public final class FirstWords {
  private final List<Word> words = new CopyOnWriteArrayList<>();

  /** A whole request and its whole answer; neither array changes. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
  public record Word(byte[] request, byte[] answer) {}

  /** Adds a request and its answer. */
  public void add(byte[] request, byte[] answer) {
    words.add(new Word(request, answer));
  }

  /** Returns all of them. */
  public List<Word> all() {
    return words;
  }
}
