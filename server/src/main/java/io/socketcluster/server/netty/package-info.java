// SPDX-License-Identifier: MIT
/** For those who run Netty themselves: puts a server into their pipeline. */
package io.socketcluster.server.netty;
