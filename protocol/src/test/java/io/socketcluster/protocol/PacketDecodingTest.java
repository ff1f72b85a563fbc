// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as clients send them; single quotes stand for double ones. */
class PacketDecodingTest {
  private final JsonCodec codec = new JsonCodec();

  @Test
  void readsAHandshake() {
    EventPacket packet = event("{'event':'#handshake','data':{'authToken':null},'cid':1}");

    assertThat(packet.event()).isSameAs(ReservedEvents.HANDSHAKE);
    assertThat(packet.isInvoke()).isTrue();
    assertThat(packet.cid()).isEqualTo(1);
    assertThat(packet.data()).hasToString("{\"authToken\":null}");
    assertThat(packet.channel()).isNull();
    assertThat(packet.channelData()).isNull();
  }

  @Test
  void readsAPublish() {
    EventPacket packet =
        event("{'event':'#publish','data':{'channel':'news','data':{'n':[1, 2]}},'cid':2}");

    assertThat(packet.event()).isSameAs(ReservedEvents.PUBLISH);
    assertThat(packet.channel()).isEqualTo("news");
    assertThat(packet.channelData()).hasToString("{\"n\":[1, 2]}");
  }

  @Test
  void readsATransmitWithoutDataOrCid() {
    EventPacket packet = event("{'event':'hello'}");

    assertThat(packet.event()).isEqualTo("hello");
    assertThat(packet.isInvoke()).isFalse();
    assertThat(packet.data()).isNull();
    assertThat(packet.channel()).isNull();
    assertThat(packet.channelData()).isNull();
    assertThatThrownBy(packet::cid).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsTheTraceOfAnEvent() {
    String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    assertThat(event("{'event':'a','cid':1,'traceparent':'" + traceparent + "'}").traceparent())
        .isEqualTo(traceparent);
    assertThat(event("{'event':'a','data':{'traceparent':'x'}}").traceparent()).isNull();
    assertThat(event("{'event':'a','traceparent':17}").traceparent()).isNull();
    assertThat(event("{'event':'a','traceparent':'" + "x".repeat(128) + "'}").traceparent())
        .hasSize(128);
    assertThat(event("{'event':'a','traceparent':'" + "x".repeat(129) + "'}").traceparent())
        .isNull();
  }

  @Test
  void tellsNullDataFromNoData() {
    assertThat(event("{'event':'hello','data':null}").data())
        .isInstanceOfSatisfying(Payload.class, data -> assertThat(data.isNull()).isTrue());
  }

  @Test
  void readsAnswers() {
    ResponsePacket success = response("{'rid':7,'data':'Success'}");
    ResponsePacket empty = response("{'rid':8}");
    ResponsePacket failure = response("{'rid':9,'error':{'name':'TimeoutError','message':'m'}}");

    assertThat(success.rid()).isEqualTo(7);
    assertThat(success.data()).hasToString("\"Success\"");
    assertThat(success.error()).isNull();
    assertThat(empty.data()).isNull();
    assertThat(failure.error()).hasToString("{\"name\":\"TimeoutError\",\"message\":\"m\"}");
  }

  @Test
  void anAnswerWithANullErrorSucceeded() {
    assertThat(response("{'rid':1,'error':null,'data':null}").error()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "-0", "0.0", "''"})
  void anAnswerWithAnErrorThatIsFalseInJavaScriptSucceeded(String error) {
    ResponsePacket response = response("{'rid':1,'error':" + error + ",'data':2}");

    assertThat(response.error()).isNull();
    assertThat(response.data()).hasToString("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "7", "0.01", "'0'", "{}", "[]"})
  void anAnswerWithAnyOtherErrorFailed(String error) {
    assertThat(response("{'rid':1,'error':" + error + ",'data':2}").error()).isNotNull();
  }

  @Test
  void readsABatchInOrder() {
    List<Packet> packets = decode("[{'event':'a'},{'rid':1},{'event':'b','cid':2}]");

    assertThat(packets)
        .extracting(Object::toString)
        .containsExactly(
            "EventPacket[event=a]", "ResponsePacket[rid=1]", "EventPacket[event=b, cid=2]");
    assertThatThrownBy(packets::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anEmptyBatchHasNoPackets() {
    assertThat(decode("[]")).isEmpty();
    assertThat(decode(" [ ] ")).isEmpty();
  }

  @Test
  void nothingOfOnePacketGetsIntoTheNext() {
    List<Packet> packets =
        decode("[{'event':'a','data':{'channel':'c','data':1},'cid':1},{'event':'b'},{'rid':3}]");

    EventPacket second = (EventPacket) packets.get(1);
    assertThat(second.isInvoke()).isFalse();
    assertThat(second.data()).isNull();
    assertThat(second.channel()).isNull();
    assertThat(packets.get(2)).isInstanceOf(ResponsePacket.class);
  }

  @Test
  void everyElementThatIsNoPacketIsTheWholeMessageRaw() {
    String message = "[1,{'event':'a'},{},[{'event':'b'}],null]";
    List<Packet> packets = decode(message);
    RawPacket raw = new RawPacket(json(message));

    assertThat(packets).hasSize(5);
    assertThat(packets.get(0)).isEqualTo(raw);
    assertThat(packets.get(1)).isInstanceOf(EventPacket.class);
    assertThat(packets.subList(2, 5)).containsExactly(raw, raw, raw).containsOnly(packets.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'data':1}",
        "{'event':1}",
        "{'event':null}",
        "{'event':['a']}",
        "{'event':{}}",
        "{'rid':'1'}",
        "{'rid':null}",
        "{'rid':1.5}",
        "{'rid':9007199254740993}",
        "{'rid':1e300}",
        "{'cid':1}",
        "{'Event':'a'}",
        "{'event ':'a'}",
        "{'even':'a'}",
        "{'events':'a'}",
        "{'data':{'event':'a','rid':1}}",
        "{'x':{'event':'a'}}",
        "{'evant':'a'}",
        "{'rad':1}",
        "{'rie':1}"
      })
  void anObjectThatIsNeitherEventNorAnswerIsRaw(String message) {
    assertThat(decode(message)).containsExactly(new RawPacket(json(message)));
  }

  @Test
  void theEventWinsOverTheRid() {
    assertThat(event("{'rid':1,'event':'a'}").event()).isEqualTo("a");
    assertThat(response("{'event':5,'rid':1}").rid()).isEqualTo(1);
  }

  @Test
  void theLastOfEqualKeysWins() {
    EventPacket packet =
        event("{'event':'a','cid':1,'data':1,'cid':'no','data':{'channel':'x'},'event':'b'}");

    assertThat(packet.event()).isEqualTo("b");
    assertThat(packet.isInvoke()).isFalse();
    assertThat(packet.channel()).isEqualTo("x");
    assertThat(decode("{'event':'a','event':1}").getFirst()).isInstanceOf(RawPacket.class);
  }

  @Test
  void theLastDataTakesTheMembersOfTheOneBefore() {
    String first = "'data':{'channel':'x','data':1}";

    assertThat(event("{'event':'a'," + first + ",'data':{'channel':2}}").channel()).isNull();
    assertThat(event("{'event':'a'," + first + ",'data':{}}").channelData()).isNull();
    assertThat(event("{'event':'a'," + first + ",'data':[]}").channel()).isNull();
    assertThat(event("{'event':'a'," + first + ",'data':{'channel':'y'}}").channel())
        .isEqualTo("y");
  }

  @Test
  void understandsEscapedKeysAndNames() {
    EventPacket packet =
        event(
            "{'\\u0065vent':'\\u0023publish','\\u0064\\u0061\\u0074\\u0061':{'chann\\u0065l':'\\u00e9\\n"
                + "','d\\u0061ta':5},'\\u0063id':3}");

    assertThat(packet.event()).isEqualTo("#publish");
    assertThat(packet.cid()).isEqualTo(3);
    assertThat(packet.channel()).isEqualTo("é\n");
    assertThat(packet.channelData()).hasToString("5");
    assertThat(response("{'\\u0072\\u0069\\u0064':4}").rid()).isEqualTo(4);
  }

  @Test
  void membersOfTheSameNameDeeperDownMeanNothing() {
    EventPacket packet =
        event("{'event':'a','x':{'data':1,'cid':2,'channel':'c'},'data':{'y':{'channel':'z'}}}");

    assertThat(packet.isInvoke()).isFalse();
    assertThat(packet.data()).hasToString("{\"y\":{\"channel\":\"z\"}}");
    assertThat(packet.channel()).isNull();
  }

  @Test
  void aChannelThatIsNoStringIsNone() {
    EventPacket packet = event("{'event':'#publish','data':{'channel':5,'data':'d'}}");

    assertThat(packet.channel()).isNull();
    assertThat(packet.channelData()).hasToString("\"d\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#handshake",
        "#authenticate",
        "#removeAuthToken",
        "#setAuthToken",
        "#subscribe",
        "#unsubscribe",
        "#publish",
        "#kickOut",
        "#disconnect"
      })
  void reservedNamesAreNotAllocated(String name) {
    String message = "{'event':'" + name + "'}";

    assertThat(event(message).event()).isEqualTo(name).isSameAs(event(message).event());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "#publis", "#publisH", "#publish2", "publish", " #publish", "é😀"})
  void otherNamesAreWhatTheySay(String name) {
    assertThat(event("{'event':'" + name + "'}").event()).isEqualTo(name);
  }

  @Test
  void keepsLoneSurrogatesOfNames() {
    EventPacket packet = event("{'event':'a\\ud800','data':{'channel':'\\udc00x'}}");

    assertThat(packet.event()).isEqualTo("a\ud800");
    assertThat(packet.channel()).isEqualTo("\udc00x");
  }

  private EventPacket event(String message) {
    return (EventPacket) decode(message).getFirst();
  }

  private ResponsePacket response(String message) {
    return (ResponsePacket) decode(message).getFirst();
  }

  private List<Packet> decode(String message) {
    return codec.decode(json(message).getBytes(UTF_8));
  }

  private static String json(String message) {
    return message.replace('\'', '"');
  }
}
