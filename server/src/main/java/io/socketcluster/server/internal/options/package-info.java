// SPDX-License-Identifier: MIT
/** The options of a server: their declaration, their forms as data, the rules between them. */
package io.socketcluster.server.internal.options;
