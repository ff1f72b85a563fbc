// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.handler.flow.FlowControlHandler;

/** Keeps what was pipelined behind a request until that one is answered and reading goes on. */
final class RequestPacing extends FlowControlHandler implements HttpStage {}
