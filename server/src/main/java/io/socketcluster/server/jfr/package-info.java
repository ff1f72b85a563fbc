// SPDX-License-Identifier: MIT
/** Events of a server for Java Flight Recorder. */
@NullMarked
package io.socketcluster.server.jfr;

import org.jspecify.annotations.NullMarked;
