// SPDX-License-Identifier: MIT
/** Extension points of a client for other modules: observers of its calls and publishes. */
package io.socketcluster.client.spi;
