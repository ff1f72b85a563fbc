// SPDX-License-Identifier: MIT
/** The configuration of a command, and how a command tells a failure. */
package io.socketcluster.cli.internal.config;
