// SPDX-License-Identifier: MIT
/**
 * One account of the memory that is kept for clients: what each connection holds, what all of them
 * hold, and who is closed when that is too much.
 */
package io.socketcluster.server.internal.memory;
