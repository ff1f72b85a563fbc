// SPDX-License-Identifier: MIT
/**
 * The contract of a broker engine as tests: extend {@link
 * io.socketcluster.broker.testkit.BrokerEngineContract}.
 */
package io.socketcluster.broker.testkit;
