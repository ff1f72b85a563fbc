// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.KeptMessage;
import java.util.ArrayList;
import java.util.List;

/** Reads the answers of {@link HistoryScripts}. */
final class StreamHistories {
  private static final int HEAD = 3;
  private static final String GAP = "!";

  private StreamHistories() {}

  /** Returns the page in an answer. */
  static HistoryPage page(HistoryRequest request, List<Object> answer) {
    long after = number(answer.get(1));
    long last = number(answer.get(2));
    List<KeptMessage> messages = new ArrayList<>();
    for (int i = HEAD; i + 1 < answer.size(); i += 2) {
      messages.add(message(request.channel(), number(answer.get(i)), (byte[]) answer.get(i + 1)));
    }
    long through = messages.isEmpty() ? after : messages.getLast().offset();
    return new HistoryPage(text(answer.getFirst()), after, messages, through, last);
  }

  /** Data that is no JSON, because somebody else has written it, stands for missing messages. */
  private static KeptMessage message(String channel, long offset, byte[] data) {
    ClusterMessage message = isGap(data) ? null : ClusterMessage.ofData(channel, data);
    return message == null
        ? new KeptMessage(offset, null, true)
        : new KeptMessage(offset, message.data(), false);
  }

  private static boolean isGap(byte[] data) {
    return data.length == 1 && data[0] == GAP.charAt(0);
  }

  private static long number(Object part) {
    return Long.parseLong(text(part));
  }

  private static String text(Object part) {
    return new String((byte[]) part, US_ASCII);
  }
}
