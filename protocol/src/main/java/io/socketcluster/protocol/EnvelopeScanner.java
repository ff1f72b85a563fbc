// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/** Walks over a packet and notes where the members are that mean something to the protocol. */
final class EnvelopeScanner {
  private final JsonScanner json;
  long event;
  long data;
  long cid;
  long rid;
  long error;
  long traceparent;
  private long channel;
  private long channelData;

  EnvelopeScanner(JsonScanner json) {
    this.json = json;
  }

  /** The members of an event's data that was not read by {@link #scanPacket}. */
  static ChannelMembers channelMembers(Payload data) {
    int end = data.offset() + data.size();
    JsonScanner json = new JsonScanner(data.json(), end, JsonLimits.WIDEST);
    int start = json.skipWhitespace(data.offset());
    if (json.at(start) != '{') {
      return ChannelMembers.ABSENT;
    }
    EnvelopeScanner scanner = new EnvelopeScanner(json);
    scanner.scanData(start);
    return scanner.channelMembers();
  }

  /** Where {@code channel} and {@code data} are in the data of the packet. */
  ChannelMembers channelMembers() {
    return ChannelMembers.of(channel, channelData);
  }

  /** Over an object; the position is its bracket's. */
  int scanPacket(int pos) {
    json.beginPacket();
    event = data = cid = rid = error = traceparent = channel = channelData = Slice.NONE;
    return scanObject(pos, true);
  }

  private int scanData(int pos) {
    channel = channelData = Slice.NONE;
    return json.at(pos) == '{' ? scanObject(pos, false) : json.skipValue(pos);
  }

  private int scanObject(int start, boolean packet) {
    int pos = json.enter(start, true);
    if (json.at(pos) == '}') {
      return json.leave(pos);
    }
    for (; ; ) {
      int nameEnd = json.skipString(pos);
      MemberName name = MemberName.of(json.in, pos + 1, nameEnd - 1);
      int value = json.skipColon(nameEnd);
      boolean isData = packet && name == MemberName.DATA;
      int valueEnd = isData ? scanData(value) : json.skipValue(value);
      note(name, Slice.of(value, valueEnd), packet);
      pos = json.skipWhitespace(valueEnd);
      byte b = json.at(pos);
      if (b == '}') {
        return json.leave(pos);
      }
      if (b != ',') {
        throw new NotJsonException();
      }
      pos = json.skipWhitespace(pos + 1);
    }
  }

  private void note(MemberName name, long slice, boolean packet) {
    if (packet) {
      switch (name) {
        case EVENT -> event = slice;
        case DATA -> data = slice;
        case CID -> cid = slice;
        case RID -> rid = slice;
        case ERROR -> error = slice;
        case TRACEPARENT -> traceparent = slice;
        case CHANNEL, OTHER -> {}
      }
    } else if (name == MemberName.CHANNEL) {
      channel = slice;
    } else if (name == MemberName.DATA) {
      channelData = slice;
    }
  }
}
