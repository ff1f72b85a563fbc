// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/**
 * One JSON value (RFC 8259): the data of a packet. It is kept as its bytes and decoded when
 * somebody asks, so that what is only passed on is never decoded. What another codec received stays
 * in that codec's form as long. Immutable and thread-safe.
 *
 * <p>Bytes are an object {@code {"base64":true,"data":"..."}} in JSON, and bytes again in codecs
 * that have a form for them. A received payload refers to the whole message it came in, and keeps
 * it in memory.
 */
public final class Payload {
  private static final Payload NULL = literal("null");
  private static final Payload TRUE = literal("true");
  private static final Payload FALSE = literal("false");

  private static final int WHOLE = -1;
  private static final int WORTH_COPYING = 1024;

  private final @Nullable EncodedValue encoded;
  private volatile byte @Nullable [] json; // of an encoded value: written by whoever asks first
  private final int offset;
  private final int length;
  private volatile @Nullable Object decoded; // the tree, or a reference to it

  private Payload(byte[] json, int offset, int length) {
    this.encoded = null;
    this.json = json;
    this.offset = offset;
    this.length = length;
  }

  private Payload(EncodedValue encoded) {
    this.encoded = encoded;
    this.offset = 0;
    this.length = WHOLE;
  }

  private static Payload literal(String json) {
    return whole(json.getBytes(UTF_8));
  }

  static Payload whole(byte[] json) {
    return new Payload(json, 0, json.length);
  }

  /**
   * The JSON value in a part of an array. It is neither checked nor copied: for codecs, which have
   * checked it. The array must not change afterwards.
   *
   * @param validatedJson UTF-8 JSON; exactly one value from {@code offset} on
   * @throws IndexOutOfBoundsException if the part is not inside the array
   */
  public static Payload ofJson(byte[] validatedJson, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, validatedJson.length);
    return new Payload(validatedJson, offset, length);
  }

  /**
   * The value that a codec with a form of its own has received. It becomes a tree, and that becomes
   * JSON, when somebody asks; a codec that knows the form writes it as it is.
   */
  public static Payload ofEncoded(EncodedValue value) {
    return new Payload(Objects.requireNonNull(value, "value"));
  }

  /**
   * The JSON of a Java value, written now, on the caller's thread: what happens to the value later
   * does not change the payload.
   *
   * <p>Takes all that Jackson takes: records, beans, maps, collections, {@link JsonNode}s, and
   * payloads, also inside them. Binary values become {@code {"base64":true,"data":"..."}}, {@code
   * NaN} and infinities {@code null}, {@code java.time} values ISO-8601 strings.
   *
   * @param value null is JSON's {@code null}
   * @throws InvalidArgumentsError if the value has no JSON form: a cycle, more than 1000 levels, a
   *     getter that throws
   */
  public static Payload of(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case Payload payload -> payload;
      case Boolean bool -> bool ? TRUE : FALSE;
      case String text -> whole(JsonStrings.encode(text));
      case Integer number -> literal(number.toString());
      case Long number -> literal(number.toString());
      default -> whole(DataMapper.STANDARD.writeBytes(value));
    };
  }

  /**
   * The value as a tree, decoded once as long as the tree is in use. All callers share it: change a
   * {@link JsonNode#deepCopy()}, not the tree itself. The payload's JSON stays what it was in any
   * case.
   */
  public JsonNode node() {
    return switch (decoded) {
      case JsonNode tree -> tree;
      case WeakReference<?> use when use.get() instanceof JsonNode tree -> tree;
      case null, default -> decode();
    };
  }

  /** A long value may be kept by a stream for long, and its tree would be many times as big. */
  private JsonNode decode() {
    int bytes = decodedBytes();
    JsonNode tree = DecodingTurns.take(bytes, this::decodedTree);
    decoded = DecodingTurns.isLong(bytes) ? new WeakReference<>(tree) : tree;
    return tree;
  }

  /** How much has to be decoded, in the form in which the value came. */
  int decodedBytes() {
    EncodedValue value = encoded;
    return value == null ? size() : value.size();
  }

  private JsonNode decodedTree() {
    EncodedValue value = encoded;
    return value == null ? DataMapper.STANDARD.readTree(this) : value.toNode();
  }

  /**
   * The value as an object of the caller's own, decoded anew on every call. Unknown members are
   * ignored.
   *
   * @return null for JSON's {@code null}, unless the type has a value for it
   * @throws InvalidArgumentsError if the value does not have the form of this type; its message is
   *     fit to be sent to whoever sent the value
   */
  public <T> @Nullable T as(Class<T> type) {
    return type == Payload.class ? type.cast(this) : as(DataMapper.STANDARD.type(type));
  }

  /**
   * The value as an object of a generic type, as {@link #as(Class)} does it.
   *
   * @throws InvalidArgumentsError if the value does not have the form of this type
   */
  public <T> @Nullable T as(TypeReference<T> type) {
    return as(DataMapper.STANDARD.type(type.getType()));
  }

  /**
   * The value as an object of a resolved type, as {@link #as(Class)} does it.
   *
   * @throws InvalidArgumentsError if the value does not have the form of this type
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as Jackson: only the caller knows what it is
  public <T> @Nullable T as(JavaType type) {
    return DataMapper.STANDARD.read(this, type);
  }

  /** The form in which a codec received this value; null if that is JSON. */
  public @Nullable EncodedValue encoded() {
    return encoded;
  }

  /** Whether this is JSON's {@code null}. */
  public boolean isNull() {
    return size() == 4 && json()[offset] == 'n';
  }

  /** How many bytes the JSON has. */
  public int size() {
    return length == WHOLE ? json().length : length;
  }

  /** A copy of the JSON as UTF-8. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(json(), offset, offset + size());
  }

  /** The JSON. */
  @Override
  public String toString() {
    return new String(json(), offset, size(), UTF_8);
  }

  /** Adds what this payload keeps in memory, without deriving any of it. */
  void addTo(Footprint footprint) {
    byte[] known = json;
    if (known != null) {
      footprint.add(known);
    }
    if (encoded != null) {
      encoded.addTo(footprint);
    }
    footprint.add(decoded instanceof JsonNode tree ? tree : null);
  }

  /**
   * This value for those who keep it: without a tree, and not with a message around it that is much
   * larger. The payload itself if there is little to gain.
   */
  public Payload compact() {
    if (encoded != null) {
      return ofEncoded(encoded.compact());
    }
    boolean keepsMuch = json().length > WORTH_COPYING + 4 * length;
    return keepsMuch ? whole(toBytes()) : decoded == null ? this : ofJson(json(), offset, length);
  }

  void writeTo(JsonBuffer buffer) {
    buffer.bytes(json(), offset, size());
  }

  byte[] json() {
    byte[] known = json;
    if (known == null) {
      known = DataMapper.STANDARD.writeBytes(node());
      json = known;
    }
    return known;
  }

  int offset() {
    return offset;
  }
}
