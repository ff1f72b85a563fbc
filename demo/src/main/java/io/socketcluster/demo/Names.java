// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerSocket;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The people who are logged in on this server. A name belongs to one login, that is to one signed
 * token: the windows that show this token share it, everybody else has to choose another. Names
 * that look alike are the same name. Thread-safe.
 */
final class Names {
  private static final int LONGEST = 100;

  /** Controls, formats, fillers, variation selectors and the blank of Braille. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Cs}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164"
              + "\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}]");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  /** Scripts with letters that look like those of another. */
  private static final Set<UnicodeScript> ALIKE =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.CHEROKEE,
          UnicodeScript.COPTIC);

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<AGServerSocket, String> nameOfSocket = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, List<AGServerSocket>> holders = new HashMap<>();

  /**
   * Logs a socket in.
   *
   * @throws AGException a {@code FailedLoginError} when the name is blank, too long, taken, or
   *     written in several scripts whose letters look alike
   */
  void logIn(AGServerSocket socket, String username) {
    String key = key(username);
    if (key.isEmpty()) {
      throw new AGException("FailedLoginError", "A username is needed to log in");
    }
    if (username.length() > LONGEST) {
      throw new AGException("FailedLoginError", "A name has at most " + LONGEST + " characters");
    }
    if (isMixed(key)) {
      throw new AGException("FailedLoginError", "A name is written in one alphabet");
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
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
    String visible = INVISIBLE.matcher(BLANKS.matcher(normal).replaceAll(" ")).replaceAll("");
    return BLANKS.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /** Returns whether a name could be taken for one that is written in another alphabet. */
  static boolean isMixed(String key) {
    return key.codePoints().mapToObj(UnicodeScript::of).filter(ALIKE::contains).distinct().count()
        > 1;
  }
}
