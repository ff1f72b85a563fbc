// SPDX-License-Identifier: MIT
/** Files that are answered to HTTP requests; knows no connection. */
@NullMarked
package io.socketcluster.server.internal.files;

import org.jspecify.annotations.NullMarked;
