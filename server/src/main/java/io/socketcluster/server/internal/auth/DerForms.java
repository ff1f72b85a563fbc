// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Wraps the older forms of keys in those that the JDK reads (RFC 5280, 5915, 5958, 8017). */
final class DerForms {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;

  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = {INTEGER, 1, 0};

  private DerForms() {}

  /** Returns the PKCS#8 form of an RSA private key of PKCS#1. */
  static byte[] pkcs8OfPkcs1(byte[] key) {
    return element(SEQUENCE, VERSION_0, element(SEQUENCE, RSA), element(OCTET_STRING, key));
  }

  /** Returns the X.509 form of an RSA public key of PKCS#1. */
  static byte[] x509OfPkcs1(byte[] key) {
    return element(SEQUENCE, element(SEQUENCE, RSA), element(BIT_STRING, new byte[] {0}, key));
  }

  /** Returns the PKCS#8 form of an EC private key of SEC 1, which names its curve. */
  static byte[] pkcs8OfSec1(byte[] key) {
    return element(
        SEQUENCE, VERSION_0, element(SEQUENCE, EC, curveIn(key)), element(OCTET_STRING, key));
  }

  /** Finds the curve after the version and the number: {@code [0] parameters}. */
  private static byte[] curveIn(byte[] key) {
    Reader sequence = new Reader(key, 0, key.length).enter(SEQUENCE);
    sequence.enter(INTEGER);
    sequence.enter(OCTET_STRING);
    return sequence.enter(PARAMETERS).rest();
  }

  private static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else {
      element.write(0x82); // two bytes: no key is longer
      element.write(length >>> Byte.SIZE);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  /** Walks over elements. */
  private static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int position;

    Reader(byte[] bytes, int position, int end) {
      this.bytes = bytes;
      this.position = position;
      this.end = end;
    }

    /** Returns what is in the next element, which must have this tag, and goes behind it. */
    Reader enter(int tag) {
      if (next() != tag) {
        throw new IllegalArgumentException("another element was expected");
      }
      int length = next();
      if (length >= 0x80) {
        int lengthBytes = length - 0x80;
        length = 0;
        for (int i = 0; i < lengthBytes; i++) {
          length = (length << Byte.SIZE) | next();
        }
      }
      if (length < 0 || length > end - position) {
        throw new IllegalArgumentException("an element is cut off");
      }
      Reader content = new Reader(bytes, position, position + length);
      position += length;
      return content;
    }

    byte[] rest() {
      byte[] rest = new byte[end - position];
      System.arraycopy(bytes, position, rest, 0, rest.length);
      return rest;
    }

    private int next() {
      if (position >= end) {
        throw new IllegalArgumentException("an element is cut off");
      }
      return bytes[position++] & 0xff;
    }
  }
}
