// SPDX-License-Identifier: MIT
/** The command {@code socketcluster}, also as the main method of an application. */
package io.socketcluster.cli;
