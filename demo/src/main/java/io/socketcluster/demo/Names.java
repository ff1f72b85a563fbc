// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerSocket;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The people who are logged in on this server. A name belongs to one login, that is to one signed
 * token: the windows that show this token share it, everybody else has to choose another. Names
 * that look alike are the same name. Thread-safe.
 */
final class Names {
  private static final int LONGEST = 100;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<AGServerSocket, String> nameOfSocket = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, List<AGServerSocket>> holders = new HashMap<>();

  /**
   * Logs a socket in.
   *
   * @throws AGException a {@code FailedLoginError} when the name is blank, too long or taken
   */
  void logIn(AGServerSocket socket, String username) {
    String key = key(username);
    if (key.isEmpty()) {
      throw new AGException("FailedLoginError", "A username is needed to log in");
    }
    if (username.length() > LONGEST) {
      throw new AGException("FailedLoginError", "A name has at most " + LONGEST + " characters");
    }
    lock.lock();
    try {
      if (isTaken(key, socket, null)) {
        throw new AGException(
            "FailedLoginError", username.strip() + " is here already. Choose another name.");
      }
      socket.setAuthToken(Map.of("username", username));
      record(socket, username);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes note of what has become of a socket: it may have come with a token, logged out, or left.
   * A token whose name somebody else has taken in the meantime is taken away.
   *
   * @return the name that the socket has now, null when it has none
   */
  @Nullable String update(AGServerSocket socket) {
    lock.lock();
    try {
      String name = nameInToken(socket);
      if (name != null && isTaken(key(name), socket, socket.signedAuthToken())) {
        socket.deauthenticate();
        name = null;
      }
      record(socket, name);
      return name;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the names of those who are here, each once. */
  List<String> present() {
    lock.lock();
    try {
      return nameOfSocket.values().stream().distinct().sorted().toList();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isTaken(String key, AGServerSocket socket, @Nullable String signedToken) {
    return holders.getOrDefault(key, List.of()).stream()
        .filter(holder -> !holder.equals(socket) && nameInToken(holder) != null)
        .anyMatch(holder -> signedToken == null || !signedToken.equals(holder.signedAuthToken()));
  }

  @GuardedBy("lock")
  private void record(AGServerSocket socket, @Nullable String name) {
    String old = nameOfSocket.remove(socket);
    if (old != null) {
      holders.computeIfPresent(
          key(old),
          (key, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
          });
    }
    if (name != null) {
      nameOfSocket.put(socket, name);
      holders.computeIfAbsent(key(name), key -> new ArrayList<>()).add(socket);
    }
  }

  private static @Nullable String nameInToken(AGServerSocket socket) {
    boolean isHere =
        socket.state() == SocketState.OPEN && socket.authState() == AuthState.AUTHENTICATED;
    var token = socket.authToken();
    return isHere && token != null ? token.path("username").stringValue(null) : null;
  }

  /** Returns the same for names that look the same: case, spaces, what cannot be seen. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("[\\p{Cc}\\p{Cf}]", "")
        .replaceAll("[\\s\\p{Z}]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
