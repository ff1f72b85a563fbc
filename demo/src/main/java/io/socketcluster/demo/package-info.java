// SPDX-License-Identifier: MIT
/** A small chat: {@link io.socketcluster.demo.Demo} starts it, a browser or any client uses it. */
package io.socketcluster.demo;
