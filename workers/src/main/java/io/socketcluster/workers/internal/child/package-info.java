// SPDX-License-Identifier: MIT
/** The program of a child process: a worker, or the broker of the workers. */
package io.socketcluster.workers.internal.child;
