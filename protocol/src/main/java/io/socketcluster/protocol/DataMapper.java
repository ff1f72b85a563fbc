// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.internal.binding.MakeableTypes;
import io.socketcluster.protocol.internal.binding.StrictMapper;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.MissingNode;

/**
 * Turns payloads into Java values and back. A value is read exactly, or refused: {@code 1.9} is no
 * {@code int} and {@code 5} is no {@code String}. Immutable and thread-safe; make one and keep it.
 *
 * <p>Reading and writing follow a Jackson mapper: its modules, naming strategy, mix-ins, visibility
 * and features. These things are the same with every mapper: the limits of what is read, the
 * strictness about scalars, bytes as {@code {"base64":true,"data":".."}}, {@code NaN} as {@code
 * null}, quoted names without indentation, and that the factory of the mapper is not used.
 */
public final class DataMapper {
  /** Follows Jackson's defaults. */
  public static final DataMapper STANDARD =
      new DataMapper(
          JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build());

  private static final int FIRST_CAPACITY = 128;

  private final JsonMapper mapper;
  private final ConcurrentMap<Type, JavaType> types = new ConcurrentHashMap<>();
  private final ConcurrentMap<Type, DataBinding<?>> bindings = new ConcurrentHashMap<>();

  private DataMapper(JsonMapper given) {
    JsonMapper.Builder strict = StrictMapper.of(given).rebuild();
    strict
        .enable(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
        .disable(SerializationFeature.INDENT_OUTPUT);
    strict.addModule(
        new SimpleModule("socketcluster-payload")
            .addSerializer(Payload.class, new PayloadSerializer()));
    this.mapper = strict.build();
  }

  /** Returns a data mapper that follows a mapper of the application's own. */
  public static DataMapper of(JsonMapper mapper) {
    return new DataMapper(Objects.requireNonNull(mapper, "mapper"));
  }

  /**
   * Returns a resolved type, once it is known that the mapper can make it.
   *
   * @throws IllegalArgumentException if the mapper cannot make the type, as far as that shows
   *     without data: an interface or abstract class without type information, a class without a
   *     constructor for Jackson, a class in a package that is not open to it; also inside of the
   *     type
   */
  public JavaType type(Type type) {
    JavaType known = types.get(type);
    if (known == null) {
      known = checked(mapper.constructType(type));
      types.put(type, known);
    }
    return known;
  }

  /**
   * Returns what turns the data of packets into a type.
   *
   * @throws IllegalArgumentException if the mapper cannot make the type, as {@link #type}
   */
  public <T> DataBinding<T> binding(Class<T> type) {
    return bindingOf(type);
  }

  /**
   * Returns what turns the data of packets into a generic type, such as a list of orders.
   *
   * @throws IllegalArgumentException if the mapper cannot make the type, as {@link #type}
   */
  public <T> DataBinding<T> binding(TypeReference<T> type) {
    return bindingOf(type.getType());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // kept for a type: is of it
  private <T> DataBinding<T> bindingOf(Type type) {
    DataBinding<T> known = (DataBinding<T>) bindings.get(type);
    if (known == null) {
      known = new DataBinding<>(this, type(type));
      bindings.put(type, known);
    }
    return known;
  }

  private JavaType checked(JavaType type) {
    if (type.isTypeOrSubTypeOf(JsonNode.class) || type.hasRawClass(Payload.class)) {
      return type;
    }
    try {
      new MakeableTypes(mapper).check(type);
      return type;
    } catch (RuntimeException e) {
      throw cannotMake(type, e);
    }
  }

  private static IllegalArgumentException cannotMake(JavaType type, RuntimeException cause) {
    return new IllegalArgumentException(
        "Jackson cannot make " + type.toCanonical() + ": " + cause.getMessage(), cause);
  }

  /**
   * Reads a payload as a type.
   *
   * @return null for JSON's {@code null}, unless the type has a value for it
   * @throws InvalidArgumentsError if the value does not have the form of the type; the message is
   *     fit to be sent to whoever sent the value
   * @throws IllegalArgumentException if the value has nothing to do with it: the type cannot be
   *     made
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as Jackson: only the caller knows what it is
  public <T> @Nullable T read(Payload payload, JavaType type) {
    try {
      return DecodingTurns.take(payload.decodedBytes(), () -> readValue(payload, type));
    } catch (RuntimeException e) { // Jackson lets some of its own through unwrapped
      if (isDefinition(e)) {
        throw cannotMake(type, e);
      }
      throw new InvalidArgumentsError(
          "The data does not have the expected form" + JsonPlace.of(e), e);
    }
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // as above
  private <T> @Nullable T readValue(Payload payload, JavaType type) {
    try (JsonParser parser = parser(payload)) {
      T value = mapper.readValue(parser, type);
      if (value instanceof JsonNode && !type.getRawClass().isInstance(value)) {
        throw new InvalidArgumentsError("The data is another kind of node"); // Jackson looks at few
      }
      return value;
    }
  }

  /** Reads the tree of JSON that was checked. */
  JsonNode readTree(Payload payload) {
    try (JsonParser parser = WireJson.parser(mapper._deserializationContext(), payload)) {
      return mapper.readTree(parser);
    }
  }

  private static boolean isDefinition(RuntimeException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof InvalidDefinitionException
          || each instanceof IllegalAccessException
          || each instanceof InaccessibleObjectException) {
        return true;
      }
    }
    return false;
  }

  private JsonParser parser(Payload payload) {
    return payload.encoded() == null
        ? WireJson.parser(mapper._deserializationContext(), payload)
        : mapper.treeAsTokens(payload.node());
  }

  /**
   * Writes a value, as {@link Payload#of} does it.
   *
   * @param value null is JSON's {@code null}; a payload stays what it is
   * @throws InvalidArgumentsError if the value has no JSON form
   */
  public Payload write(@Nullable Object value) {
    return switch (value) {
      case null -> Payload.of(null);
      case Payload payload -> payload;
      default -> equals(STANDARD) ? Payload.of(value) : Payload.whole(writeBytes(value));
    };
  }

  /**
   * Writes what is to be sent; null and a {@code MissingNode} are no data.
   *
   * @throws InvalidArgumentsError if the value has no JSON form
   */
  public @Nullable Payload writeData(@Nullable Object value) {
    return value == null || value instanceof MissingNode ? null : write(value);
  }

  byte[] writeBytes(Object value) {
    JsonBuffer buffer = new JsonBuffer(FIRST_CAPACITY);
    try {
      return written(value, buffer);
    } catch (RuntimeException e) { // Jackson lets some of its own through unwrapped
      throw new UnwritableData("The data cannot be written as JSON" + JsonPlace.of(e), e);
    }
  }

  private byte[] written(Object value, JsonBuffer buffer) {
    WireGenerator generator = WireJson.generator(mapper._serializationContext(), buffer);
    try (generator) {
      mapper.writeValue(generator, value);
      if (!generator.hasWrittenRaw()) {
        generator.requireOneValue();
      }
    }
    byte[] json = buffer.toBytes();
    if (generator.hasWrittenRaw()) {
      WireJson.requireJson(json);
    }
    return json;
  }

  private static final class PayloadSerializer extends ValueSerializer<Payload> {
    @Override
    public void serialize(Payload payload, JsonGenerator generator, SerializationContext context) {
      if (generator instanceof WireGenerator wire) {
        wire.writeChecked(payload.toString());
      } else {
        generator.writeRawValue(payload.toString());
      }
    }
  }
}
