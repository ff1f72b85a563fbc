// SPDX-License-Identifier: MIT
/** What each event of a client means. */
package io.socketcluster.server.internal.dispatch;
