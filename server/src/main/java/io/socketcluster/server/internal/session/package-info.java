// SPDX-License-Identifier: MIT
/** A socket: makes its parts, which do not know it, and leads it through its life. */
package io.socketcluster.server.internal.session;
