// SPDX-License-Identifier: MIT
/**
 * The client: {@link io.socketcluster.client.SocketClusterClient} creates an {@link
 * io.socketcluster.client.AGClientSocket} as {@link io.socketcluster.client.AGClientOptions} say.
 */
package io.socketcluster.client;
