// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

/**
 * A session has ended.
 *
 * @param id the id that the session had; a browser may still send it, and begins a new session with
 *     it
 * @param expired true if the session has ended by {@link SessionOptions#timeout}, false if by
 *     {@link AGSession#destroy}
 */
public record SessionEnd(String id, boolean expired) {
  /** Leaves the id out: who reads a log must not get it. */
  @Override
  public String toString() {
    return "SessionEnd[expired=" + expired + "]";
  }
}
