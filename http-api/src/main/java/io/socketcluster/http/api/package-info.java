// SPDX-License-Identifier: MIT
/**
 * An HTTP API by which other backends publish, count, kick out and disconnect at a server and at
 * all servers of its cluster. {@link io.socketcluster.http.api.HttpApi} is an HTTP handler.
 */
package io.socketcluster.http.api;
