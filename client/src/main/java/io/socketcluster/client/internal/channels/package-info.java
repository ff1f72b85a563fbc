// SPDX-License-Identifier: MIT
/** The channels that the application wants, and their events. */
package io.socketcluster.client.internal.channels;
