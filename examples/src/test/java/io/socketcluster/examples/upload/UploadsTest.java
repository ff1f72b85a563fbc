// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.test.SocketClusterExtension;
import io.socketcluster.testkit.TcpRelay;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class UploadsTest {
  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder().server(Uploads::create).build();

  @Test
  void aWatcherSeesHowFarAnUploadIs(AGClientSocket sender, AGClientSocket watcher)
      throws Exception {
    String id = begin(sender, 30);
    List<Long> seen = new CopyOnWriteArrayList<>();
    AGChannel<JsonNode> progress = watcher.subscribe("upload/" + id);
    await().until(progress::isSubscribed);
    progress.consume(told -> seen.add(told.path("received").asLong()));

    for (int offset = 0; offset < 30; offset += 10) {
      send(sender, id, offset, 10);
    }

    await().untilAsserted(() -> assertThat(seen).containsExactly(10L, 20L, 30L));
  }

  @Test
  void aSenderThatLosesItsConnectionGoesOnWhereItWas(AGClientSocket sender, TcpRelay relay)
      throws Exception {
    String id = begin(sender, 20);
    send(sender, id, 0, 10);
    String lostId = sender.id();
    relay.reset();
    await().until(() -> sender.state() == SocketState.OPEN && !Objects.equals(sender.id(), lostId));

    long next = sender.call("progress", id).path("received").asLong();

    assertThat(next).isEqualTo(10);
    assertThat(send(sender, id, next, 10)).isEqualTo(20);
  }

  @Test
  void aPieceThatIsSentTwiceCountsOnce(AGClientSocket sender) throws Exception {
    String id = begin(sender, 20);
    send(sender, id, 0, 10);
    assertThat(send(sender, id, 0, 10)).isEqualTo(10);
  }

  @Test
  void aPieceThatDoesNotFitIsRefused(AGClientSocket sender) throws Exception {
    String id = begin(sender, 20);
    List.of(List.of(1, 5), List.of(0, 21), List.of(-1, 2))
        .forEach(
            piece ->
                assertThatThrownBy(() -> send(sender, id, piece.getFirst(), piece.getLast()))
                    .isInstanceOf(AGException.class)
                    .hasMessageContaining("begins at byte 0"));
  }

  @Test
  void aFileThatIsTooLargeIsRefused(AGClientSocket sender) {
    assertThatThrownBy(() -> begin(sender, UploadFolder.LARGEST_FILE + 1))
        .isInstanceOf(AGException.class);
  }

  private static String begin(AGClientSocket sender, long size) throws Exception {
    Object file = Map.of("name", "../notes.txt", "size", size);
    return sender.call("begin", file).path("id").asString();
  }

  private static long send(AGClientSocket sender, String id, long offset, int length)
      throws Exception {
    Object piece = Map.of("id", id, "offset", offset, "bytes", new byte[length]);
    return sender.call("piece", piece).path("received").asLong();
  }
}
