// SPDX-License-Identifier: MIT
/** Reads JSON into Java types exactly, or not at all. */
package io.socketcluster.protocol.internal.binding;
