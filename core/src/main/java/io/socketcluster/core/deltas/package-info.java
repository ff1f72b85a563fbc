// SPDX-License-Identifier: MIT
/** Differences between JSON values as JSON Patch (RFC 6902): how they are found and applied. */
package io.socketcluster.core.deltas;
