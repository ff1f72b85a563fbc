// SPDX-License-Identifier: MIT
/** The rules of channels: who may subscribe and publish. */
package io.socketcluster.server.internal.rules;
