// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The link of a child process to its supervisor: lines of JSON on the standard input and output.
 * Lines that the application prints on its standard output go to the standard error. Thread-safe.
 */
public final class SupervisorLink {
  private final BufferedReader in;
  private final PrintStream out;

  SupervisorLink(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  static SupervisorLink open() {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.setOut(System.err);
    return new SupervisorLink(new BufferedReader(new InputStreamReader(System.in, UTF_8)), out);
  }

  /** Returns the first message. */
  JsonNode first() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("The supervisor has ended");
    }
    return JsonMapper.shared().readTree(line);
  }

  /** Returns a message that can be completed and sent. */
  public ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** Sends a message. */
  public void send(ObjectNode message) {
    out.println(message);
  }

  /**
   * Passes on all further messages, on a thread of its own, by their types: {@code end} at last,
   * also when the supervisor has ended.
   */
  public void follow(Consumer<String> commands) {
    Thread reader =
        new Thread(
            () -> {
              try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  commands.accept(JsonMapper.shared().readTree(line).path("type").stringValue(""));
                }
              } catch (IOException | JacksonException e) {
                // the supervisor has ended, perhaps in the middle of a line
              } finally {
                commands.accept("end"); // a worker without a supervisor ends in any case
              }
            },
            "socketcluster-supervisor");
    reader.setDaemon(true);
    reader.start();
  }
}
