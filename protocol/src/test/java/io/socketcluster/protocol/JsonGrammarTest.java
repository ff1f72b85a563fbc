// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which text is JSON (RFC 8259): each case stands as the data of an event. */
class JsonGrammarTest {
  private final JsonCodec codec = new JsonCodec();

  static List<String> valid() {
    return vectors(
        """
        null¦true¦false¦\"\"¦\"a\"¦0¦-0¦7¦-7¦10¦1234567890123456789¦0.0¦-0.0¦0.5¦1.25¦\
        -1.25¦100.001¦1e1¦1E1¦1e+1¦1e-1¦1E+10¦0e0¦0e+1¦-0e-1¦1.5e300¦1e999¦-1e999¦\
        1e-999¦0.1e1¦123.456e78¦20e1¦1.000000000000000000000000000000000001¦\
        123123123123123123123123123123¦\
        -0.000000000000000000000000000000000000000000000000000000000000000000000000000000000001¦\
        []¦[ ]¦[\n]¦[[]]¦[[],[]]¦[1]¦[1,2]¦[ 1 , 2 ]¦[1,[2,[3,[4]]]]¦[null]¦\
        [true,false,null]¦[\"\"]¦[{}]¦[[[[[[[[[[]]]]]]]]]]¦[1\n,\t2\r]¦{}¦{ }¦{\t}¦\
        {\"a\":1}¦{ \"a\" : 1 }¦{\"\":0}¦{\"a\":{}}¦{\"a\":{\"b\":{\"c\":[]}}}¦\
        {\"a\":1,\"b\":2}¦{\"a\":1,\"a\":2}¦{\"a\":1,\"a\":1}¦\
        {\"a\":[],\"b\":[{}],\"c\":{\"d\":[1]}}¦{\"min\":-1.0e+28,\"max\":1.0e+28}¦\
        {\"\\u0000\":1}¦{\"a\\\"b\":1}¦[{\"a\":[{\"b\":[]}]},[{}]]¦\" \"¦\"\\\"\"¦\
        \"\\\\\"¦\"\\/\"¦\"/\"¦\"\\b\\f\\n\\r\\t\"¦\"\\u0041\"¦\"\\u00e9\"¦\"\\uABCD\"¦\
        \"\\uabcd\"¦\"\\u0000\"¦\"\\ud83d\\ude00\"¦\"\\ud800\"¦\"\\udc00\"¦\
        \"\\ud800\\ud800\"¦\"\\udc00\\ud800\"¦\"\\ud800a\"¦\"\\\\u0041\"¦\"\\\\\\\\\"¦\
        \"\\\\\\\"\"¦\"é\"¦\"€\"¦\"😀\"¦\"\u007f\"¦\"\u0080\"¦\"\u2028\u2029\"¦\
        \"\uFEFF\"¦\"\uFFFF\"¦\"\uDBFF\uDFFF\"¦\"'\"¦\"1234567\"¦\"12345678\"¦\
        \"123456789\"¦\"1234567\\n\"¦\"1234567é\"¦\"123456789012345\"¦\"{}[],:\"¦\
        \"// no comment\"¦\"a\u00a0b\"¦ 1¦1 ¦\n\r\t 1 \n\r\t¦  [ ]  ¦  { }  ¦0""");
  }

  private static List<String> vectors(String separated) {
    return List.of(separated.split("¦", -1));
  }

  static List<String> invalid() {
    return vectors(
        """
        ¦ ¦1 2¦1,¦,1¦,¦[] []¦{}{}¦\"a\" \"b\"¦null null¦nullnull¦n¦nul¦nulll¦Null¦NULL¦\
        tru¦truee¦True¦TRUE¦fals¦False¦nan¦NaN¦-NaN¦Infinity¦-Infinity¦undefined¦inf¦a¦\
        $¦_¦&¦#1¦+1¦+0¦01¦-01¦00¦-¦--1¦- 1¦1.¦1.e1¦.5¦-.5¦1e¦1e+¦1e-¦1E¦1e1.5¦1.2.3¦\
        1e1e1¦1ee1¦1e++1¦1+2¦1-¦0x1¦0x¦1_000¦1f¦1d¦1L¦1a¦0b1¦0o7¦1 000¦\uff11¦\u0661¦\
        0.¦-0.¦2.e3¦0e¦0.3e¦1.0e-¦9.e+¦1/2¦٣¦[¦]¦[1¦1]¦[1,¦[,]¦[,1]¦[1,]¦[1,,2]¦[1 2]¦\
        [1;2]¦[1:2]¦[[]¦[]]¦[}¦[1}¦[\"a\"¦[\"a\",\n¦[\"a\":1]¦[\u000b1]¦[\f1]¦[*]¦\
        [1,\n1\n,1¦[]a¦[\u00a01]¦[\u20281]¦[\u0000]¦[1]]¦[x¦[\"\": 1]¦{¦}¦{\"a\"¦\
        {\"a\":¦{\"a\":1¦{\"a\":1,¦{\"a\":1,}¦{,}¦{,\"a\":1}¦{\"a\" 1}¦{\"a\",1}¦\
        {\"a\"}¦{\"a\":}¦{\"a\":1 \"b\":2}¦{\"a\":1;\"b\":2}¦{\"a\":1,,\"b\":2}¦\
        {\"a\"::1}¦{a:1}¦{'a':1}¦{1:1}¦{null:1}¦{[]:1}¦{\"a\":1]¦{]¦{\"a\":1}}¦\
        {\"a\":1:2}¦{\"a\":a}¦{\"a\"=1}¦{{}:1}¦{{}}¦{\"a\":1}/**/¦{/**/}¦{\"a\":1}//¦\
        {\"a\":1}#¦{\"a\" : \"b\", c}¦{\"a\\x\":1}¦\"¦\"a¦a\"¦'a'¦\"\\\"¦\"\\¦\"\\a\"¦\
        \"\\x41\"¦\"\\'\"¦\"\\0\"¦\"\\U0041\"¦\"\\u\"¦\"\\u0\"¦\"\\u00\"¦\"\\u004\"¦\
        \"\\u004g\"¦\"\\u 041\"¦\"\\u+041\"¦\"\\u-041\"¦\"\\uD83D\\u\"¦\
        \"\\uD83D\\uDE0\"¦\"\\\n\"¦\"\n\"¦\"\t\"¦\"\r\"¦\"\u0000\"¦\"\u001f\"¦\"\b\"¦\
        \"1234567\n\"¦\"12345678\u0001\"¦\"\\é\"¦\"\\u00é0\"¦\"\\\u0660\"¦\
        \"\\u\u0660\u0660\u0660\u0660\"¦\"a\"b¦\\n¦\\u0022a\\u0022¦`a`¦\"\\\\\\\"¦\
        \u201ca\u201d""");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsWhatTheGrammarAllows(String json) {
    Packet packet = decodeOne("{\"event\":\"e\",\"data\":" + json + "}");

    assertThat(packet).isInstanceOf(EventPacket.class);
    assertThat(((EventPacket) packet).data()).hasToString(json.strip());
    assertThat(decodeOne("{\"rid\":1,\"error\":{\"a\":" + json + "}}"))
        .isInstanceOf(ResponsePacket.class);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void jacksonReadsWhatWasAccepted(String json) {
    EventPacket packet = (EventPacket) decodeOne("{\"event\":\"e\",\"data\":" + json + "}");

    Payload data = Objects.requireNonNull(packet.data());
    assertThat(data.node().isMissingNode()).isFalse();
    assertThat(Payload.of(data.node()).size()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void takesWhatTheGrammarForbidsAsRawText(String json) {
    for (String frame :
        List.of(
            "{\"event\":\"e\",\"data\":%s}",
            "{\"event\":\"e\",\"other\":%s}",
            "{\"event\":\"e\",\"data\":{\"x\":%s}}",
            "[{\"event\":\"e\"},%s]")) {
      String message = frame.replace("%s", json);
      if (!JacksonReference.isJson(message)) { // some fit in with what is around them
        assertThat(codec.decode(message.getBytes(UTF_8)))
            .as(message)
            .containsExactly(new RawPacket(message));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "#1",
        "#2",
        "hello",
        "1",
        "\"text\"",
        "null",
        "true",
        "{",
        "[",
        "[1",
        "{}}",
        "[]]",
        "{} {}",
        "[] x",
        "{},",
        ",{}",
        "\uFEFF{}",
        "\uFEFF[]",
        "{\"event\":\"e\"}\u0000",
        "\u00a0{}",
        "\u000b{}",
        "/**/{}",
        "{\"event\":\"e\"}//",
        "[{\"event\":\"e\"}",
        "[{\"event\":\"e\"},]",
        "[,{\"event\":\"e\"}]",
        "[{\"event\":\"e\"} {\"event\":\"e\"}]",
        "{\"event\":\"e\",}",
        "{'event':'e'}",
        "{\"event\"}",
        "{\"event\":}",
        "[{\"event\":\"e\"]",
        "{\"event\":\"e\"]",
        "é",
        "😀",
        "{\"é"
      })
  void takesAMessageThatIsNoJsonObjectOrArrayAsRawText(String message) {
    assertThat(codec.decode(message.getBytes(UTF_8))).containsExactly(new RawPacket(message));
  }

  @Test
  void allowsWhiteSpaceEverywhere() {
    String ws = " \t\r\n";
    String message = "@[@{@'event'@:@'e'@,@'cid'@:@1@}@,@{@'rid'@:@2@}@]@".replace("@", ws);

    assertThat(codec.decode(message.replace('\'', '"').getBytes(UTF_8)))
        .hasSize(2)
        .hasExactlyElementsOfTypes(EventPacket.class, ResponsePacket.class);
  }

  private Packet decodeOne(String message) {
    List<Packet> packets = codec.decode(message.getBytes(UTF_8));
    assertThat(packets).hasSize(1);
    return packets.getFirst();
  }
}
