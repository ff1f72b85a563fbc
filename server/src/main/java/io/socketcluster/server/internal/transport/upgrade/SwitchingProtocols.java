// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.socketcluster.server.internal.transport.serving.HttpStage;
import io.socketcluster.websocket.HandshakeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer that turns HTTP into WebSocket (RFC 6455, 4.2.2). Event loop only. */
public final class SwitchingProtocols {
  private static final String HEAD =
      """
      HTTP/1.1 101 Switching Protocols\r
      upgrade: websocket\r
      connection: upgrade\r
      sec-websocket-accept:\
      """;

  /** What speaks HTTP, and what would take frames for it. */
  private static final List<Class<? extends ChannelHandler>> SPEAKERS =
      List.of(
          HttpObjectAggregator.class,
          HttpContentCompressor.class,
          HttpStage.class,
          HttpResponseEncoder.class,
          HttpServerCodec.class,
          HttpRequestDecoder.class);

  private SwitchingProtocols() {}

  /**
   * Answers a complete request, past the encoder of HTTP.
   *
   * @param extension what was agreed to, or null
   */
  static ChannelFuture answer(
      ChannelPipeline pipeline, HttpHeaders request, @Nullable String extension) {
    ChannelHandlerContext encoder = encoderOf(pipeline);
    String key = request.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    StringBuilder answer =
        new StringBuilder(HEAD).append(' ').append(HandshakeKey.answer(key)).append("\r\n");
    if (extension != null) {
      answer.append("sec-websocket-extensions: ").append(extension).append("\r\n");
    }
    ByteBuf bytes = ByteBufUtil.writeAscii(encoder.alloc(), answer.append("\r\n"));
    return encoder.writeAndFlush(bytes);
  }

  private static ChannelHandlerContext encoderOf(ChannelPipeline pipeline) {
    ChannelHandlerContext encoder = pipeline.context(HttpServerCodec.class);
    if (encoder == null) {
      encoder = pipeline.context(HttpResponseEncoder.class);
    }
    if (encoder == null) {
      throw new IllegalStateException("The pipeline has no HttpServerCodec");
    }
    return encoder;
  }

  /** Sends an answer as it is, past the encoder of HTTP. */
  public static ChannelFuture send(ChannelPipeline pipeline, ByteBuf answer) {
    return encoderOf(pipeline).writeAndFlush(answer);
  }

  /** Removes what spoke HTTP; the decoder last, for it hands on what it has not decoded. */
  public static void removeSpeakers(ChannelPipeline pipeline) {
    for (Class<? extends ChannelHandler> type : SPEAKERS) {
      ChannelHandler speaker = pipeline.get(type);
      while (speaker != null) {
        pipeline.remove(speaker);
        speaker = pipeline.get(type);
      }
    }
  }
}
