// SPDX-License-Identifier: MIT
/** The control socket of a supervisor. */
package io.socketcluster.workers.internal.control;
