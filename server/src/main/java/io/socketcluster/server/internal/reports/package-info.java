// SPDX-License-Identifier: MIT
/** Reports of a server about itself: warnings, readiness, connections. */
package io.socketcluster.server.internal.reports;
