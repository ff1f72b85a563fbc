// SPDX-License-Identifier: MIT
/** Attaches a server to the pipeline of an existing Netty server. */
package io.socketcluster.server.netty;
