// SPDX-License-Identifier: MIT
/** The commands. */
package io.socketcluster.cli.internal;
