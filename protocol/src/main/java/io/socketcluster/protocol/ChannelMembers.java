// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import org.jspecify.annotations.Nullable;

/** Where the members {@code channel} and {@code data} of an event's data are. */
record ChannelMembers(long channelSlice, long dataSlice) {
  static final ChannelMembers ABSENT = new ChannelMembers(Slice.NONE, Slice.NONE);

  static ChannelMembers of(long channelSlice, long dataSlice) {
    return channelSlice == Slice.NONE && dataSlice == Slice.NONE
        ? ABSENT
        : new ChannelMembers(channelSlice, dataSlice);
  }

  @Nullable String channel(byte[] in) {
    return Slice.isString(in, channelSlice)
        ? JsonStrings.decode(in, Slice.start(channelSlice) + 1, Slice.end(channelSlice) - 1)
        : null;
  }

  @Nullable Payload data(byte[] in) {
    return Slice.payload(in, dataSlice);
  }
}
