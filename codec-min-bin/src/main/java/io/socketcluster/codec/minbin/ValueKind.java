// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

/** What kind of value a first byte announces. */
enum ValueKind {
  NIL,
  BOOLEAN,
  INTEGER,
  FLOAT,
  STRING,
  BINARY,
  EXTENSION,
  ARRAY,
  MAP,
  NONE;

  static ValueKind of(int first) {
    if (first < Format.FIX_MAP || first >= Format.NEGATIVE_FIX_INT) {
      return INTEGER;
    }
    if (first < Format.NIL) {
      return first < Format.FIX_ARRAY ? MAP : first < Format.FIX_STRING ? ARRAY : STRING;
    }
    return switch (first) {
      case Format.NIL -> NIL;
      case Format.FALSE, Format.TRUE -> BOOLEAN;
      case Format.BIN_8, Format.BIN_16, Format.BIN_32 -> BINARY;
      case Format.FLOAT_32, Format.FLOAT_64 -> FLOAT;
      case Format.STRING_8, Format.STRING_16, Format.STRING_32 -> STRING;
      case Format.ARRAY_16, Format.ARRAY_32 -> ARRAY;
      case Format.MAP_16, Format.MAP_32 -> MAP;
      case 0xc1 -> NONE; // never used, says the specification
      default -> isExtension(first) ? EXTENSION : INTEGER;
    };
  }

  private static boolean isExtension(int first) {
    return first <= Format.EXT_32 || (first >= Format.FIX_EXT_1 && first <= Format.FIX_EXT_16);
  }
}
