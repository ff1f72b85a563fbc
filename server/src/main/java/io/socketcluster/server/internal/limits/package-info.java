// SPDX-License-Identifier: MIT
/** Who may come in now, and how fast each may send. */
package io.socketcluster.server.internal.limits;
