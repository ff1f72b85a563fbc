// SPDX-License-Identifier: MIT
/** Leads requests to sessions, and sessions to the API. */
package io.socketcluster.socketio.internal;
