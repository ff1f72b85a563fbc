// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.socketio.SocketIOTransport;
import io.socketcluster.socketio.internal.wire.Framing;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** The form of an endless answer. */
enum StreamForm {
  /** Server-sent events, which cannot carry the character CR. */
  EVENTS("text/event-stream; charset=UTF-8", "") {
    @Override
    String part(byte[] packet) {
      String text = new String(packet, UTF_8);
      String lines = text.indexOf('\r') < 0 ? text : withoutReturns(packet);
      return "data: " + lines.replace("\n", "\ndata: ") + "\n\n";
    }
  },

  /** A page for a hidden frame: a script for each packet. Browsers wait for its first 256 bytes. */
  PAGE("text/html; charset=UTF-8", "<html><body>" + " ".repeat(244)) {
    @Override
    String part(byte[] packet) {
      return "<script>parent.s._(" + Packets.literal(packet) + ", document);</script>";
    }
  },

  /** An answer in parts, which replace each other. It ends with the connection. */
  PARTS("multipart/x-mixed-replace;boundary=\"socketio\"", "--socketio\n") {
    @Override
    String part(byte[] packet) {
      return "Content-Type: text/plain\n\n" + new String(packet, UTF_8) + "\n--socketio\n";
    }
  };

  private final String type;
  private final String begin;

  StreamForm(String type, String begin) {
    this.type = type;
    this.begin = begin;
  }

  static StreamForm of(SocketIOTransport transport) {
    return switch (transport) {
      case SERVER_EVENTS -> EVENTS;
      case HTMLFILE -> PAGE;
      case XHR_MULTIPART -> PARTS;
      default -> throw new AssertionError(transport.name().toLowerCase(Locale.ROOT));
    };
  }

  /** Returns the head of the answer and its first bytes. */
  HttpAnswer head() {
    HttpAnswer head = HttpAnswer.of(200, type, begin.getBytes(UTF_8));
    return this == PARTS ? head.withHeader("connection", "close") : head;
  }

  /** Returns the text of a packet. */
  abstract String part(byte[] packet);

  /** The end of a line is LF for the page, and the length of a message has to say so. */
  private static String withoutReturns(byte[] packet) {
    ByteArrayOutputStream written = new ByteArrayOutputStream(packet.length);
    for (byte[] body : Framing.read(packet)) {
      String text = new String(body, UTF_8).replace("\r\n", "\n").replace('\r', '\n');
      written.writeBytes(Framing.write(text.getBytes(UTF_8)));
    }
    return written.toString(UTF_8);
  }
}
