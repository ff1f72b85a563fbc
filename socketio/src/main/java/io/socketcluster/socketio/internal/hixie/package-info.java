// SPDX-License-Identifier: MIT
/** WebSocket before RFC 6455 had its frames: the drafts hixie-75 and hixie-76. */
package io.socketcluster.socketio.internal.hixie;
