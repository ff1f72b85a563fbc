// SPDX-License-Identifier: MIT
/** Plain HTTP requests on the port of a server: bodies, deadlines, answers. */
package io.socketcluster.server.internal.transport.serving;
