// SPDX-License-Identifier: MIT
/**
 * WebSocket messages as bytes, for either end of a connection (RFC 6455 and RFC 7692). The package
 * has no pipeline, no clock and no option of an application.
 */
package io.socketcluster.websocket;
