// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one client writes the names of the events that are the protocol's own: with {@code #} from
 * 1.3.12 on, without it before. The first such event of the client tells. Until then it is sent the
 * events of the server in both forms, of which each client knows one. Event loop only.
 */
final class Dialect {
  private static final byte[] BEGIN = "{\"event\":\"".getBytes(US_ASCII);
  private static final List<byte[]> PLAIN_NAMES =
      List.of(
          "publish\"".getBytes(US_ASCII),
          "subscribe\"".getBytes(US_ASCII),
          "unsubscribe\"".getBytes(US_ASCII));

  /** The knowledge about the dialect of a client. */
  private enum Known {
    NOTHING,
    HASH,
    PLAIN
  }

  private Known known;

  private Dialect(Known known) {
    this.known = known;
  }

  /** Returns a dialect that the client is going to show. */
  static Dialect unknown() {
    return new Dialect(Known.NOTHING);
  }

  /** Returns the dialect of the clients from 1.3.12 on. */
  static Dialect hash() {
    return new Dialect(Known.HASH);
  }

  /** Returns a message of the client with its {@code #}, if it has to have one. */
  byte[] read(byte[] message) {
    if (known == Known.HASH || !beginsWith(message, 0, BEGIN)) {
      return message;
    }
    if (message.length > BEGIN.length && message[BEGIN.length] == '#') {
      known = Known.HASH;
      return message;
    }
    if (PLAIN_NAMES.stream().noneMatch(name -> beginsWith(message, BEGIN.length, name))) {
      return message;
    }
    known = Known.PLAIN;
    byte[] read = new byte[message.length + 1];
    System.arraycopy(message, 0, read, 0, BEGIN.length);
    read[BEGIN.length] = '#';
    System.arraycopy(message, BEGIN.length, read, BEGIN.length + 1, message.length - BEGIN.length);
    return read;
  }

  private static boolean beginsWith(byte[] message, int at, byte[] text) {
    return message.length >= at + text.length
        && Arrays.equals(message, at, at + text.length, text, 0, text.length);
  }

  /**
   * Returns messages as the client understands them, and takes over their references.
   *
   * @param prefix how many bytes stand before the JSON
   */
  List<ByteBuf> write(List<ByteBuf> messages, int prefix) {
    if (known == Known.HASH) {
      return messages;
    }
    List<ByteBuf> written = new ArrayList<>(messages.size() + 1);
    for (ByteBuf message : messages) {
      if (!hasHash(message, prefix)) {
        written.add(message);
        continue;
      }
      ByteBuf plain = withoutHash(message, prefix + BEGIN.length);
      if (known == Known.NOTHING) {
        written.add(message);
      } else {
        message.release();
      }
      written.add(plain);
    }
    return written;
  }

  private static boolean hasHash(ByteBuf message, int prefix) {
    int at = message.readerIndex() + prefix;
    if (message.readableBytes() <= prefix + BEGIN.length
        || message.getByte(at + BEGIN.length) != '#') {
      return false;
    }
    for (int i = 0; i < BEGIN.length; i++) {
      if (message.getByte(at + i) != BEGIN[i]) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuf withoutHash(ByteBuf message, int at) {
    int begin = message.readerIndex();
    ByteBuf plain = Unpooled.buffer(message.readableBytes() - 1);
    plain.writeBytes(message, begin, at);
    return plain.writeBytes(message, begin + at + 1, message.readableBytes() - at - 1);
  }
}
