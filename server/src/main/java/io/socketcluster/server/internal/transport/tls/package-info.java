// SPDX-License-Identifier: MIT
/** The certificates of a server: their check, and their renewal while the server runs. */
package io.socketcluster.server.internal.transport.tls;
