// SPDX-License-Identifier: MIT
/** Serves sockets of a server on the port of a servlet container. */
@NullMarked
package io.socketcluster.server.servlet;

import org.jspecify.annotations.NullMarked;
