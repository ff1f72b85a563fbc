// SPDX-License-Identifier: MIT
/**
 * Types that a server socket and a client socket share: the events of an emitter, the receivers and
 * procedures that the other side calls, the calls that wait for an answer, and channels. No Netty,
 * no thread of its own.
 */
package io.socketcluster.core;
