// SPDX-License-Identifier: MIT
/** Callers of the HTTP API, their rates, and their calls. */
package io.socketcluster.http.api.internal;
