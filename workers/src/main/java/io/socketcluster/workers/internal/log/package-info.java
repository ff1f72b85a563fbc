// SPDX-License-Identifier: MIT
/** The central log of all processes. */
package io.socketcluster.workers.internal.log;
