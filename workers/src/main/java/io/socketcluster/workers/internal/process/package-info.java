// SPDX-License-Identifier: MIT
/** Child processes: their messages, their output and their end. */
package io.socketcluster.workers.internal.process;
