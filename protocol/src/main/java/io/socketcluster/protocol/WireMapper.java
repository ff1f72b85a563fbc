// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one Jackson mapper, without default typing. What the scanner lets through it reads: its own
 * limits are not lower than any {@link JsonLimits}.
 */
final class WireMapper {
  private static final int FIRST_CAPACITY = 128;
  private static final int LONGEST_PATH = 100;

  private static final List<Reference> NOWHERE = List.of();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addModule(new SimpleModule().addSerializer(Payload.class, new PayloadSerializer()))
          .build();

  private WireMapper() {}

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(JsonLimits.HIGHEST_DEPTH)
                .maxNumberLength(JsonLimits.HIGHEST_NUMBER_LENGTH)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(JsonLimits.HIGHEST_DEPTH).build())
        // its table of names is shared, and strangers choose the names
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
        .build();
  }

  static JavaType type(Type type) {
    return MAPPER.constructType(type);
  }

  static JsonNode readTree(Payload payload) {
    EncodedValue encoded = payload.encoded();
    return encoded == null ? MAPPER.readTree(text(payload)) : encoded.toNode();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // the type says what it is
  static <T> @Nullable T read(Payload payload, JavaType type) {
    try {
      return payload.encoded() == null
          ? MAPPER.readValue(text(payload), type)
          : MAPPER.treeToValue(payload.node(), type);
    } catch (RuntimeException e) { // Jackson lets some of its own through unwrapped
      throw new InvalidArgumentsError("The data does not have the expected form" + place(e), e);
    }
  }

  /** What Jackson is given: it refuses lone surrogates in names, but only as escapes. */
  private static String text(Payload payload) {
    return JsonStrings.unescapeSurrogates(payload.toString());
  }

  private static String place(RuntimeException e) {
    StringBuilder path = new StringBuilder();
    for (Reference step : e instanceof JacksonException known ? known.getPath() : NOWHERE) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
      if (path.length() > LONGEST_PATH) {
        path.setLength(LONGEST_PATH);
        break;
      }
    }
    return path.isEmpty() ? "" : " at " + path;
  }

  static byte[] write(Object value) {
    JsonBuffer buffer = new JsonBuffer(FIRST_CAPACITY);
    try (JsonGenerator generator =
        new WireGenerator(MAPPER.createGenerator(new BufferWriter(buffer)))) {
      MAPPER.writeValue(generator, value);
    } catch (RuntimeException e) { // Jackson lets some of its own through unwrapped
      throw new InvalidArgumentsError("The data cannot be written as JSON" + place(e), e);
    }
    return buffer.toBytes();
  }

  private static final class PayloadSerializer extends ValueSerializer<Payload> {
    @Override
    public void serialize(Payload payload, JsonGenerator generator, SerializationContext context) {
      generator.writeRawValue(payload.toString());
    }
  }
}
