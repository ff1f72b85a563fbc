// SPDX-License-Identifier: MIT
/** What other modules add to a client: observers of its calls and publishes. */
package io.socketcluster.client.spi;
