// SPDX-License-Identifier: MIT
/** The events of a socket and the streams that carry them. */
package io.socketcluster.client.internal.events;
