// SPDX-License-Identifier: MIT
/** What the headers and the query of a request say; knows no server and no connection. */
package io.socketcluster.server.internal.http;
