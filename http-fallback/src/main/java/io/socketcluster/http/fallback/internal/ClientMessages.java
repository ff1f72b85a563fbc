// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the messages of a client, which may send some again after a lost answer. Event loop only.
 */
final class ClientMessages {
  /** Messages before these are missing, or have no number. */
  static final class MissingMessagesException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingMessagesException(long received, long next) {
      super("Message " + next + " follows message " + received);
    }
  }

  private long received;

  /** Returns how many messages came. */
  long received() {
    return received;
  }

  /**
   * Returns those messages among events that had not come before.
   *
   * @throws MissingMessagesException if a message before them has not come; then none is counted
   */
  List<byte[]> newOf(List<Event> events) throws MissingMessagesException {
    List<byte[]> messages = new ArrayList<>(events.size());
    long number = 0;
    long last = received;
    for (Event event : events) {
      if (event.isMessage()) {
        number = event.id() > 0 ? event.id() : number == 0 ? 0 : number + 1;
        if (number < 1 || number > last + 1) {
          throw new MissingMessagesException(last, number);
        }
        if (number == last + 1) {
          last = number;
          messages.add(event.data());
        }
      }
    }
    received = last;
    return messages;
  }
}
