// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.protocol.RawPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.heartbeat.PingForm;
import io.socketcluster.server.internal.transport.WireConnection;
import java.util.function.Consumer;

/** Sends pings, through the codec of the endpoint or past it. Event loop only. */
record PingSender(WireConnection connection, AGEndpoint endpoint) implements Consumer<PingForm> {
  @Override
  public void accept(PingForm form) {
    if (form == PingForm.EMPTY) {
      connection.sendPing();
    } else if (endpoint.pingsThroughCodec()) {
      connection.send(endpoint.codecEngine().encode(new RawPacket(form.ping())));
    } else {
      connection.sendAs(form.ping().getBytes(US_ASCII), false);
    }
  }
}
