// SPDX-License-Identifier: MIT
/** A listening port, its event loops, and the pipeline of each connection. */
package io.socketcluster.server.internal.transport.listening;
