// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads the events of one body. Lines end with line feeds. Not thread-safe. */
final class EventReader {
  /** A body that is no list of complete events. */
  static final class MalformedEventsException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEventsException(String message) {
      super(message);
    }
  }

  private static final int LONGEST_FIELD = 64;

  private final List<Event> events = new ArrayList<>(2);
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private String type = Event.MESSAGE;
  private long id;
  private boolean hasData;
  private boolean hasField;

  private EventReader() {}

  /**
   * Returns the events of a body.
   *
   * @throws MalformedEventsException if the last event is not complete, or a field is unknown
   */
  static List<Event> read(byte[] body) throws MalformedEventsException {
    EventReader reader = new EventReader();
    int start = 0;
    for (int at = 0; at < body.length; at++) {
      if (body[at] == '\n') {
        reader.line(body, start, at);
        start = at + 1;
      }
    }
    if (start < body.length || reader.hasField) {
      throw new MalformedEventsException("The last event is not complete");
    }
    return reader.events;
  }

  private void line(byte[] body, int start, int end) throws MalformedEventsException {
    if (start == end) {
      endOfEvent();
      return;
    }
    int colon = start;
    while (colon < end && body[colon] != ':') {
      colon++;
    }
    int value = colon + 1 < end && body[colon + 1] == ' ' ? colon + 2 : Math.min(end, colon + 1);
    field(
        new String(body, start, Math.min(colon - start, LONGEST_FIELD), ISO_8859_1),
        body,
        value,
        end);
  }

  private void field(String name, byte[] body, int start, int end) throws MalformedEventsException {
    if (name.isEmpty()) {
      return; // a comment
    }
    hasField = true;
    switch (name) {
      case "data" -> addData(body, start, end);
      case "event" -> type = text(body, start, end);
      case "id" -> {
        id = Event.numberIn(text(body, start, end));
        if (id < 1) {
          throw new MalformedEventsException("An id is a number");
        }
      }
      default -> throw new MalformedEventsException("A field has an unknown name");
    }
  }

  private static String text(byte[] body, int start, int end) {
    return new String(
        Arrays.copyOfRange(body, start, Math.min(end, start + LONGEST_FIELD)), ISO_8859_1);
  }

  private void addData(byte[] body, int start, int end) {
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    data.write(body, start, end - start);
  }

  private void endOfEvent() throws MalformedEventsException {
    if (hasData) {
      events.add(new Event(type, id, content()));
    }
    data.reset();
    type = Event.MESSAGE;
    id = 0;
    hasData = false;
    hasField = false;
  }

  private byte[] content() throws MalformedEventsException {
    byte[] sent = data.toByteArray();
    if (!type.equals(Event.TEXT) && !type.equals(Event.BINARY)) {
      return sent;
    }
    try {
      return Base64.getDecoder().decode(sent);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventsException("The data is no base64");
    }
  }
}
