// SPDX-License-Identifier: MIT
/** What the workers consist of. */
package io.socketcluster.workers.internal;
