// SPDX-License-Identifier: MIT
/** What a server says of itself: warnings, its readiness, its connections. */
package io.socketcluster.server.internal.reports;
