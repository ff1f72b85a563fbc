// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import io.socketcluster.examples.pages.Pages;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;

/**
 * Uploads with progress. A file comes in pieces, each a call whose answer says where the next piece
 * begins: so a fast sender waits for the disk, and a sender that has lost its connection goes on
 * where it was. Each piece is told on the channel {@code upload/ID}, for everybody who was given
 * the id.
 */
public final class Uploads {
  private Uploads() {}

  record Begin(String name, long size) {}

  @SuppressWarnings("ArrayRecordComponent") // pieces are never compared
  record Piece(String id, long offset, byte[] bytes) {}

  /** Makes the server, which does not listen yet. */
  public static AGServer create() {
    AGServer server = SocketCluster.create(Pages.options().allowClientPublish(false).build());
    UploadFolder folder = UploadFolder.temporary();
    server.onConnection(socket -> serve(server, socket, folder));
    return server;
  }

  private static void serve(AGServer server, AGServerSocket socket, UploadFolder folder) {
    socket
        .procedure("begin", Begin.class)
        .consume(Answers.of(begin -> folder.begin(begin.name(), begin.size()).progress()));
    socket
        .procedure("progress", String.class)
        .consume(Answers.of(id -> folder.find(id).progress()));
    socket
        .procedure("piece", Piece.class)
        .consume(
            Answers.of(
                piece -> {
                  Progress now = folder.find(piece.id()).append(piece.offset(), piece.bytes());
                  server.exchange().transmitPublish("upload/" + now.id(), now);
                  return now;
                }));
  }
}
