// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.std.StdSerializer;

/** Whatever serializers and mappers of an application do: what is written is one JSON value. */
class WrittenJsonTest {
  record Raw(@JsonRawValue String text) {}

  @JsonSerialize(using = NothingSerializer.class)
  record Nothing() {}

  @JsonSerialize(using = TwiceSerializer.class)
  record Twice() {}

  @JsonSerialize(using = PieceSerializer.class)
  record Piece(String text) {}

  @JsonSerialize(using = WholeSerializer.class)
  record Whole(String json) {}

  @JsonSerialize(using = AmountSerializer.class)
  record Amount(String digits) {}

  static final class WholeSerializer extends StdSerializer<Whole> {
    WholeSerializer() {
      super(Whole.class);
    }

    @Override
    public void serialize(Whole value, JsonGenerator generator, SerializationContext context) {
      generator.writeRaw(value.json());
    }
  }

  static final class AmountSerializer extends StdSerializer<Amount> {
    AmountSerializer() {
      super(Amount.class);
    }

    @Override
    public void serialize(Amount value, JsonGenerator generator, SerializationContext context) {
      generator.writeNumber(value.digits());
    }
  }

  static final class NothingSerializer extends StdSerializer<Nothing> {
    NothingSerializer() {
      super(Nothing.class);
    }

    @Override
    public void serialize(Nothing value, JsonGenerator generator, SerializationContext context) {}
  }

  static final class TwiceSerializer extends StdSerializer<Twice> {
    TwiceSerializer() {
      super(Twice.class);
    }

    @Override
    public void serialize(Twice value, JsonGenerator generator, SerializationContext context) {
      generator.writeNumber(1).writeNumber(2);
    }
  }

  static final class PieceSerializer extends StdSerializer<Piece> {
    PieceSerializer() {
      super(Piece.class);
    }

    @Override
    public void serialize(Piece piece, JsonGenerator generator, SerializationContext context) {
      generator.writeNumber(1).writeRaw(piece.text());
    }
  }

  static Stream<Object> valuesThatAreNoJson() {
    return Stream.of(
        new Nothing(),
        new Twice(),
        List.of(new Raw("not json")),
        new Raw("1,\"b\":"),
        new Raw("{"),
        new Raw(""),
        new Piece("}"),
        new Whole(""),
        new Whole("1 2"),
        Map.of("a", new Amount("1,\"admin\":true")),
        new Amount("NaN"),
        new Amount("01"),
        new Amount(""),
        Map.of("a", new Piece(",")));
  }

  @ParameterizedTest
  @MethodSource("valuesThatAreNoJson")
  void whatIsNoJsonIsRefusedWhereItIsWritten(Object value) {
    assertThatThrownBy(() -> Payload.of(value)).isInstanceOf(InvalidArgumentsError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": [1, null]}", "1e3", "\"text\"", " true "})
  void rawJsonIsWrittenAsItIs(String text) {
    assertThat(Payload.of(new Raw(text))).hasToString("{\"text\":" + text + "}");
  }

  @Test
  void aValueThatASerializerHasReadyIsWrittenAsItIs() {
    assertThat(Payload.of(new Whole("{\"a\":1}"))).hasToString("{\"a\":1}");
    assertThat(Payload.of(List.of(new Amount("-10.50"), new Amount("1E+400"))))
        .hasToString("[-10.50,1E+400]");
  }

  @Test
  void payloadsInsideOfValuesAreWrittenAsTheyAre() {
    assertThat(Payload.of(List.of(Payload.of(Map.of("a", 1)), 2))).hasToString("[{\"a\":1},2]");
  }

  @Test
  void aMapperThatDoesNotQuoteNamesOrIndentsWritesJsonAllTheSame() {
    JsonMapper mapper =
        JsonMapper.builder()
            .disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    assertThat(DataMapper.of(mapper).write(Map.of("a", List.of(1)))).hasToString("{\"a\":[1]}");
  }
}
