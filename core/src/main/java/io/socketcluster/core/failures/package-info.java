// SPDX-License-Identifier: MIT
/** Logs what failed and would be invisible otherwise, at a bounded rate. */
package io.socketcluster.core.failures;
