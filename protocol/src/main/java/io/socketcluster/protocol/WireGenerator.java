// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes values the way SocketCluster's own codec does where Jackson differs: binary as {@code
 * {"base64":true,"data":".."}}, numbers that are none as {@code null}.
 */
final class WireGenerator extends JsonGeneratorDelegate {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

  private boolean hasWrittenRaw;

  WireGenerator(JsonGenerator target) {
    super(target, false); // false: what is inside of objects passes here too
  }

  /** Returns whether a serializer wrote text that nothing has checked. */
  boolean hasWrittenRaw() {
    return hasWrittenRaw;
  }

  /**
   * Checks that a serializer wrote a value, and not several.
   *
   * @throws IllegalStateException otherwise
   */
  void requireOneValue() {
    TokenStreamContext root = delegate.streamWriteContext();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    if (root.getEntryCount() != 1) {
      throw new IllegalStateException(root.getEntryCount() + " values were written");
    }
  }

  /** Writes a value that is known to be JSON. */
  void writeChecked(String json) {
    delegate.writeRawValue(json);
  }

  private JsonGenerator raw() {
    hasWrittenRaw = true;
    return delegate;
  }

  @Override
  public JsonGenerator writeRaw(String text) {
    raw().writeRaw(text);
    return this;
  }

  @Override
  public JsonGenerator writeRaw(String text, int offset, int length) {
    raw().writeRaw(text, offset, length);
    return this;
  }

  @Override
  public JsonGenerator writeRaw(SerializableString text) {
    raw().writeRaw(text);
    return this;
  }

  @Override
  public JsonGenerator writeRaw(char[] text, int offset, int length) {
    raw().writeRaw(text, offset, length);
    return this;
  }

  @Override
  public JsonGenerator writeRaw(char letter) {
    raw().writeRaw(letter);
    return this;
  }

  @Override
  public JsonGenerator writeRawValue(String text) {
    raw().writeRawValue(text);
    return this;
  }

  @Override
  public JsonGenerator writeRawValue(String text, int offset, int length) {
    raw().writeRawValue(text, offset, length);
    return this;
  }

  @Override
  public JsonGenerator writeRawValue(char[] text, int offset, int length) {
    raw().writeRawValue(text, offset, length);
    return this;
  }

  @Override
  public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    delegate.writeStartObject();
    delegate.writeBooleanProperty("base64", true);
    delegate.writeName("data");
    delegate.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, data, offset, length);
    delegate.writeEndObject();
    return this;
  }

  @Override
  public int writeBinary(Base64Variant variant, InputStream data, int length) {
    try {
      byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
      writeBinary(variant, bytes, 0, bytes.length);
      return bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonGenerator writeEmbeddedObject(Object value) {
    if (value instanceof byte[] bytes) {
      return writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    }
    return super.writeEmbeddedObject(value);
  }

  /** Text as a number would otherwise carry anything, as raw text does. */
  @Override
  public JsonGenerator writeNumber(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalStateException("The text that was written as a number is none");
    }
    delegate.writeNumber(text);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(char[] text, int offset, int length) {
    return writeNumber(new String(text, offset, length));
  }

  @Override
  public JsonGenerator writeNumber(double value) {
    if (Double.isFinite(value)) {
      delegate.writeNumber(value);
    } else {
      delegate.writeNull();
    }
    return this;
  }

  @Override
  public JsonGenerator writeNumber(float value) {
    if (Float.isFinite(value)) {
      delegate.writeNumber(value);
    } else {
      delegate.writeNull();
    }
    return this;
  }

  @Override
  public JsonGenerator writeArray(double[] values, int offset, int length) {
    delegate.writeStartArray();
    for (int i = offset; i < offset + length; i++) {
      writeNumber(values[i]);
    }
    delegate.writeEndArray();
    return this;
  }
}
