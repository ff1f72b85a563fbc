// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The inbound middleware: who may use which channel, and from whom a message of the chat is. The
 * browser is not asked for the name: the server puts in the one of the socket's token. Thread-safe.
 */
final class ChatRules {
  private static final String PRIVATE_PREFIX = "private/";
  private static final Set<String> TYPES_OF_THE_CHAT = Set.of("message", "presence");

  private final Names names;
  private final LongAdder actions = new LongAdder();

  ChatRules(Names names) {
    this.names = names;
  }

  /** Returns how many actions were decided so far. */
  long decided() {
    return actions.sum();
  }

  void decide(AGAction action) {
    actions.increment();
    boolean isPublish = action.type() == AGAction.Type.PUBLISH_IN;
    String channel = action.channel();
    if (channel != null
        && channel.startsWith(PRIVATE_PREFIX)
        && action.socket().authState() != AuthState.AUTHENTICATED) {
      action.block(new AGException("ForbiddenError", "Log in to use " + channel));
    } else if (isPublish && Presence.CHANNELS.contains(channel)) {
      action.block(new AGException("ForbiddenError", "Only the server publishes to " + channel));
    } else if (isPublish && isOfTheChat(action.data())) {
      action.allow(withSender(action));
    } else {
      action.allow();
    }
  }

  private static boolean isOfTheChat(JsonNode data) {
    return data.isObject() && TYPES_OF_THE_CHAT.contains(data.path("type").stringValue(""));
  }

  private ObjectNode withSender(AGAction action) {
    ObjectNode message = (ObjectNode) action.data().deepCopy();
    message.put("name", names.update(action.socket())); // null for a guest
    message.put("socketId", action.socket().id());
    return message;
  }
}
