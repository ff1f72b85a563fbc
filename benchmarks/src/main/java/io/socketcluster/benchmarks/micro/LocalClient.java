// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalChannel;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that writes frames, and of what it receives keeps only the size once it has joined. */
final class LocalClient {
  private static final long ANSWER_SECONDS = 10;
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int NO_MASK = 0;

  private static final String UPGRADE =
      """
      GET /socketcluster/ HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Channel channel;
  private volatile boolean joined;

  private LocalClient(EventLoopGroup loop, SocketAddress address, ReceivedBytes received)
      throws InterruptedException {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(LocalChannel.class)
            .handler(
                new SimpleChannelInboundHandler<ByteBuf>() {
                  @Override
                  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                    if (joined) {
                      received.add(bytes.readableBytes());
                    } else {
                      answers.add(bytes.toString(UTF_8));
                    }
                  }
                })
            .connect(address)
            .sync()
            .channel();
  }

  static LocalClient connect(EventLoopGroup loop, SocketAddress address, ReceivedBytes received)
      throws InterruptedException {
    return new LocalClient(loop, address, received);
  }

  /** Upgrades, shakes hands and subscribes. */
  void join(String channelName) throws InterruptedException {
    channel.writeAndFlush(Unpooled.copiedBuffer(UPGRADE, UTF_8));
    awaitAnswer("101 ");
    send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}".getBytes(UTF_8));
    awaitAnswer("\"rid\":1");
    String data = "{\"channel\":\"" + channelName + "\"}";
    send(("{\"event\":\"#subscribe\",\"data\":" + data + ",\"cid\":2}").getBytes(UTF_8));
    awaitAnswer("\"rid\":2");
    joined = true;
  }

  private void awaitAnswer(String part) throws InterruptedException {
    String answer;
    do {
      answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IllegalStateException("no answer with " + part);
      }
    } while (!answer.contains(part));
  }

  void send(byte[] message) {
    ByteBuf frame = channel.alloc().buffer(message.length + 2 * Long.BYTES);
    frame.writeByte(TEXT);
    if (message.length < LENGTH_16) {
      frame.writeByte(MASKED | message.length);
    } else {
      frame.writeByte(MASKED | LENGTH_16).writeShort(message.length);
    }
    channel.writeAndFlush(frame.writeInt(NO_MASK).writeBytes(message));
  }
}
