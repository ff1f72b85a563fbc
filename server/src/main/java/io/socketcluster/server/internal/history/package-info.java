// SPDX-License-Identifier: MIT
/** Policies of channels, and the messages that are kept for subscribers who were away. */
package io.socketcluster.server.internal.history;
