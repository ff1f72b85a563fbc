// SPDX-License-Identifier: MIT
/** Consumable streams and their demux. */
package io.socketcluster.stream;
