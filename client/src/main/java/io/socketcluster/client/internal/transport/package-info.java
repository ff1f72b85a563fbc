// SPDX-License-Identifier: MIT
/** Bytes: names, TLS, proxies, the upgrade, WebSocket frames. Knows no packet. */
package io.socketcluster.client.internal.transport;
