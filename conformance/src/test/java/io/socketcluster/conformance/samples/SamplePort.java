// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

/** The port of a program that is shown whole: its text has a number there. */
final class SamplePort {
  static final int port = 8000;

  private SamplePort() {}
}
