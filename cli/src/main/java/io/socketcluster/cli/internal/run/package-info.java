// SPDX-License-Identifier: MIT
/** The commands that run an application, and those for its supervisor. */
package io.socketcluster.cli.internal.run;
