// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JSON values are call ids; single quotes stand for double ones. */
class CallIdTest {
  private final JsonCodec codec = new JsonCodec();

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "1,1",
    "-1,-1",
    "1.0,1",
    "1e3,1000",
    "1E+3,1000",
    "10e-1,1",
    "1.5e1,15",
    "0.0,0",
    "-0.0,0",
    "0e5,0",
    "1e-400,0",
    "12345678901,12345678901",
    "9007199254740991,9007199254740991",
    "9007199254740992,9007199254740992",
    "-9007199254740992,-9007199254740992",
    "9007199254740992.0,9007199254740992",
    "1.00000000000000000000000000000,1",
    "100000000000000000000e-20,1"
  })
  void aCidIsAnIntegerHoweverItIsWritten(String number, long cid) {
    EventPacket packet = event("{'event':'a','cid':" + number + "}");

    assertThat(packet.isInvoke()).isTrue();
    assertThat(packet.cid()).isEqualTo(cid);
    assertThat(response("{'rid':" + number + "}").rid()).isEqualTo(cid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "1e-1",
        "1e16",
        "9007199254740993",
        "-9007199254740993",
        "10000000000000000",
        "99999999999999999",
        "100000000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551617",
        "-9223372036854775808",
        "1e999",
        "-1e999",
        "'1'",
        "null",
        "true",
        "[1]",
        "{}",
        "9007199254740993000000000000000000000",
        "''"
      })
  void whateverElseIsACidMakesATransmit(String cid) {
    assertThat(event("{'event':'a','cid':" + cid + "}").isInvoke()).isFalse();
    assertThat(decode("{'rid':" + cid + "}").getFirst()).isInstanceOf(RawPacket.class);
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
