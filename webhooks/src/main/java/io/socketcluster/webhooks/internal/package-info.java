// SPDX-License-Identifier: MIT
/** Collects events, keeps their order, and sends them. */
package io.socketcluster.webhooks.internal;
