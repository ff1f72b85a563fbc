// SPDX-License-Identifier: MIT
/** How Redis is reached: addresses, logins, certificates, and clients that do not reconnect. */
@NullMarked
package io.socketcluster.redis;

import org.jspecify.annotations.NullMarked;
