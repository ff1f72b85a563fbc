// SPDX-License-Identifier: MIT
/**
 * Sends events of a server to another backend by HTTP: signed, retried, bounded, in order. {@link
 * io.socketcluster.webhooks.Webhooks#follow} begins.
 */
package io.socketcluster.webhooks;
