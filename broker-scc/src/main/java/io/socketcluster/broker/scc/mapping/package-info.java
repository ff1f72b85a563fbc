// SPDX-License-Identifier: MIT
/** Maps channels to brokers as {@code scc-broker-client} does. */
package io.socketcluster.broker.scc.mapping;
