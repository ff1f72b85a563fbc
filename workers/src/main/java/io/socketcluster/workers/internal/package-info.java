// SPDX-License-Identifier: MIT
/** The parts of a worker, and of the process that supervises it. */
package io.socketcluster.workers.internal;
