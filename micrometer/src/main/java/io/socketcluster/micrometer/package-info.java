// SPDX-License-Identifier: MIT
/** Meters of a server in a Micrometer registry. */
package io.socketcluster.micrometer;
