// SPDX-License-Identifier: MIT
/** The errors that both ends name on the wire, and how they travel. */
package io.socketcluster.protocol.errors;
