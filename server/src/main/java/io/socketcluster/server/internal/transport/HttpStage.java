// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

/** A handler that has nothing to do once a channel has been upgraded. */
interface HttpStage {}
