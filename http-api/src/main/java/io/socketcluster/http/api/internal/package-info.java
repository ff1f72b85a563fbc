// SPDX-License-Identifier: MIT
/** Who calls the HTTP API, how often, and what a call does. */
package io.socketcluster.http.api.internal;
