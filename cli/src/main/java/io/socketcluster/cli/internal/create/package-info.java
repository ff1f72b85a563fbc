// SPDX-License-Identifier: MIT
/** The command that creates an application, and its templates. */
package io.socketcluster.cli.internal.create;
