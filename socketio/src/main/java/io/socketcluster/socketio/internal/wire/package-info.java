// SPDX-License-Identifier: MIT
/** The framing of messages, and the codec between them and the packets of the server. */
package io.socketcluster.socketio.internal.wire;
