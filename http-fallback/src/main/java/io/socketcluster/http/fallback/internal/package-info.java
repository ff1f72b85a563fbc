// SPDX-License-Identifier: MIT
/** The requests of the fallback and the sessions that they belong to. */
package io.socketcluster.http.fallback.internal;
