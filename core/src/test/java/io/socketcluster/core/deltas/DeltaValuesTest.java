// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.Payload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Differences are small where little has changed, and give the value that was published. */
class DeltaValuesTest {
  /** Reads JSON with single quotes. */
  private static JsonNode json(String text) {
    return ExactTree.of(payload(text));
  }

  private static Payload payload(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  private static JsonNode difference(JsonNode before, JsonNode after) {
    return Objects.requireNonNull(JsonDiff.between(before, after, Integer.MAX_VALUE), "difference");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':1}                    | {'a':1}                    | []
          {'a':1}                    | {'a':2}                    | [{'op':'replace','path':'/a','value':2}]
          {'a':1}                    | {'a':null}                 | [{'op':'replace','path':'/a','value':null}]
          {'a':null}                 | {}                         | [{'op':'remove','path':'/a'}]
          {}                         | {'a':null}                 | [{'op':'add','path':'/a','value':null}]
          {'a/b':{'~':1}}            | {'a/b':{'~':2}}            | [{'op':'replace','path':'/a~1b/~0','value':2}]
          {'':{'':1}}                | {'':{'':2}}                | [{'op':'replace','path':'//','value':2}]
          {'a':{'b':1}}              | {'a':[1]}                  | [{'op':'replace','path':'/a','value':[1]}]
          {'a':1}                    | {'a':1.5}                  | [{'op':'replace','path':'/a','value':1.5}]
          {'a':1}                    | {'a':1.0}                  | [{'op':'replace','path':'/a','value':1.0}]
          {'a':1.0}                  | {'a':1.00}                 | [{'op':'replace','path':'/a','value':1.00}]
          {'a':0.12345678901234567891} | {'a':0.12345678901234567999} | [{'op':'replace','path':'/a','value':0.12345678901234567999}]
          {'a':123456789012345678901} | {'a':123456789012345678902} | [{'op':'replace','path':'/a','value':123456789012345678902}]
          {'a':1E+400}               | {'a':2E+400}               | [{'op':'replace','path':'/a','value':2E+400}]
          {'a':[1E-400,2]}           | {'a':[2E-400,2]}           | [{'op':'replace','path':'/a/0','value':2E-400}]
          [[1,'x'],[2,'y']]          | [[1,'x'],[2,'z']]          | [{'op':'replace','path':'/1/1','value':'z'}]
          [1,2,3]                    | [2,3]                      | [{'op':'remove','path':'/0'}]
          [2,3]                      | [1,2,3]                    | [{'op':'add','path':'/0','value':1}]
          [1,2,3]                    | [2,3,4]                    | [{'op':'remove','path':'/0'},{'op':'add','path':'/2','value':4}]
          [1,2,3,4]                  | [1]                        | [{'op':'remove','path':'/1'},{'op':'remove','path':'/1'},{'op':'remove','path':'/1'}]
          {'f':{'__proto__':1}}      | {'f':{'__proto__':2}}      | [{'op':'replace','path':'/f','value':{'__proto__':2}}]
          {'f':{'base64':true,'data':'AA=='}} | {'f':{'base64':true,'data':'AQ=='}} | [{'op':'replace','path':'/f','value':{'base64':true,'data':'AQ=='}}]
          """)
  void differencesNameWhatHasChanged(String before, String after, String patch) {
    assertThat(difference(json(before), json(after))).hasToString(json(patch).toString());
    assertThat(restored(json(before), json(after))).isEqualTo(json(after));
  }

  /** Sends the first value, then the difference; returns what the second message gives. */
  private static @Nullable JsonNode restored(JsonNode before, JsonNode after) {
    DeltaValues values = new DeltaValues();
    Payload first = values.restore(DeltaForm.kept(0, Payload.of(before)), true);
    assertThat(ExactTree.of(Objects.requireNonNull(first))).isEqualTo(before);
    Payload second = values.restore(DeltaForm.patch(0, difference(before, after)), true);
    return ExactTree.of(Objects.requireNonNull(second));
  }

  @Test
  void randomValuesBecomeThoseThatWerePublished() {
    for (int seed = 0; seed < 3_000; seed++) {
      RandomJson random = new RandomJson(new Random(seed));
      JsonNode before = ExactTree.of(Payload.of(random.container()));
      JsonNode after = ExactTree.of(Payload.of(random.changed(before)));
      if (JsonDiff.between(before, after, Integer.MAX_VALUE) == null) {
        assertThat(before + " " + after).containsAnyOf("\"base64\":true", "__proto__");
        continue;
      }
      assertThat(restored(before, after)).as("seed %d: %s", seed, before).isEqualTo(after);
    }
  }

  @Test
  void aDifferenceAsLongAsTheValueIsGivenUp() {
    JsonNode before = json("{'a':1,'b':2,'c':3}");
    JsonNode after = json("{'a':4,'b':5,'c':6}");
    assertThat(JsonDiff.between(before, after, after.toString().length())).isNull();
  }

  @Test
  void valuesThatTakeTooLongToCompareAreGivenUp() {
    StringBuilder row = new StringBuilder("0");
    row.repeat(",0", 2_000);
    String rows = ("[" + row + "],").repeat(60);
    JsonNode before = json("[" + rows + "[1]]");
    JsonNode after = json("[[2]," + rows + "[3]]");
    assertThat(JsonDiff.between(before, after, Integer.MAX_VALUE)).isNull();
  }

  @Test
  void longPathsAreCountedBeforeTheyAreWritten() {
    String name = "n".repeat(20_000);
    StringBuilder members = new StringBuilder("'x':0");
    for (int i = 0; i < 2_000; i++) {
      members.append(",'").append(i).append("':0");
    }
    JsonNode before = json("{'" + name + "':{" + members + "}}");
    JsonNode after = json("{'" + name + "':{" + members.toString().replace(":0", ":1") + "}}");
    assertThat(JsonDiff.between(before, after, 40_000)).isNull();
  }

  @Test
  void aWholeValueIsTheTextThatWasPublished() {
    String text = "{\"a\" : 100.10, \"b\":[1E400,{\"c\":\"}\\\"]\"}],\"n\":123456789012345678901}";
    Payload published = Payload.ofJson(text.getBytes(UTF_8), 0, text.length());
    assertThat(new DeltaValues().restore(DeltaForm.kept(0, published), true)).hasToString(text);
    assertThat(new DeltaValues().restore(DeltaForm.passing(published), true)).hasToString(text);
  }

  @Test
  void valuesThatAreNotKeptAreReturned() {
    DeltaValues values = new DeltaValues();
    assertThat(values.restore(DeltaForm.passing(null), true)).isNull();
    assertThat(values.restore(DeltaForm.passing(Payload.of(7)), true)).hasToString("7");
  }

  /** A publisher may publish whatever it likes where the server sends no differences. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'price':7}                  | {'#delta':null}
          {'#delta':0,'patch':[]}      | {'#delta':0,'value':1}
          {'#delta':0,'value':1,'x':2} | {'#delta':0,'patch':[]}
          7                            | {'#delta':3}
          """)
  void dataOfThatFormIsLeftAsItIsWithoutDifferences(String first, String second) {
    DeltaValues values = new DeltaValues();
    for (Payload each : List.of(payload(first), payload(second))) {
      assertThat(values.restore(each, true)).isSameAs(each);
    }
  }

  @Test
  void whatIsLeftOfAnEarlierSubscriptionDecidesNothing() {
    DeltaValues values = new DeltaValues();
    Payload plain = payload("{'price':7}");
    assertThat(values.restore(plain, false)).isSameAs(plain);
    Payload stale = payload("{'#delta':0,'patch':[]}");
    assertThatThrownBy(() -> values.restore(stale, false)).hasMessageContaining("no value");
    assertThat(values.restore(DeltaForm.kept(0, plain), true)).hasToString(plain.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [{'op':'replace','path':'/b','value':1}]
          [{'op':'remove','path':'/list/3'}]
          [{'op':'add','path':'/list/-1','value':1}]
          [{'op':'add','path':'/list/x','value':1}]
          [{'op':'add','path':'/a/b','value':1}]
          [{'op':'move','from':'/a','path':'/b'}]
          [{'op':'replace','path':'','value':1}]
          [{'op':'add','path':'/b'}]
          {'op':'remove','path':'/a'}
          """)
  void aDifferenceThatDoesNotFitIsRefusedAndTheValueForgotten(String patch) {
    DeltaValues values = new DeltaValues();
    values.restore(DeltaForm.kept(0, payload("{'a':1,'list':[1,2]}")), true);
    Payload message = DeltaForm.patch(0, json(patch));
    assertThatThrownBy(() -> values.restore(message, true))
        .isInstanceOf(IllegalArgumentException.class);
    Payload fitting = DeltaForm.patch(0, json("[]"));
    assertThatThrownBy(() -> values.restore(fitting, true)).hasMessageContaining("no value");
  }

  @Test
  void moreSlotsThanThereAreAreNotKept() {
    DeltaValues values = new DeltaValues();
    values.restore(DeltaForm.kept(DeltaForm.SLOTS, payload("{}")), true);
    Payload patch = DeltaForm.patch(DeltaForm.SLOTS, json("[]"));
    assertThatThrownBy(() -> values.restore(patch, true)).hasMessageContaining("no value");
  }

  @Test
  void onlyTheFormatThatIsKnownIsAskedFor() {
    assertThat(DeltaForm.isAsked(Payload.of(Map.of("delta", "json-patch")))).isTrue();
    assertThat(DeltaForm.isAsked(Payload.of(Map.of("delta", "vcdiff")))).isFalse();
    assertThat(DeltaForm.isAsked(Payload.of("json-patch"))).isFalse();
    assertThat(DeltaForm.isAsked(null)).isFalse();
  }
}
