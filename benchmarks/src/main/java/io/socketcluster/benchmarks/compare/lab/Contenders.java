// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import io.socketcluster.benchmarks.doors.Door;
import io.socketcluster.benchmarks.doors.DoorServer;
import io.socketcluster.benchmarks.workers.BenchWorker;
import io.socketcluster.cli.SocketClusterCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The servers that there are to measure. */
public final class Contenders {
  public static final String THIS = "this";
  public static final String SOCKETCLUSTER = "socketcluster-20";
  public static final String SOCKETIO = "socketio-4";
  public static final String NETTY_SOCKETIO = "netty-socketio";
  public static final String FLOOR = "floor";

  /** Every contender that the peers are compared with, in the order of the tables. */
  public static final List<String> ALL =
      List.of(THIS, SOCKETCLUSTER, SOCKETIO, NETTY_SOCKETIO, FLOOR);

  private static final String ENGINE_IO = "engineio";
  private static final String SOCKETCLUSTER_PROTOCOL = "socketcluster";

  /** Those of bin/bench-server, for both servers on the JVM; docs/performance.md has why. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx2g",
          "-Xmn24m",
          "-XX:+UseTransparentHugePages",
          "-XX:TrimNativeHeapInterval=5000",
          "-Dio.netty.leakDetection.level=disabled",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseCompactObjectHeaders");

  /**
   * The JVM options of the startup cache, which {@code bin/startup.sh} has made for this server.
   */
  private static final List<String> STARTUP_OPTIONS =
      Stream.of(System.getProperty("benchmarks.startup", "").split(" "))
          .filter(word -> !word.isEmpty())
          .toList();

  private final Tools tools;

  public Contenders(Tools tools) {
    this.tools = tools;
  }

  public Contender named(String id) {
    return switch (id) {
      case THIS -> thisServer(THIS);
      case SOCKETCLUSTER -> node(SOCKETCLUSTER, "socketcluster.js", SOCKETCLUSTER_PROTOCOL);
      case SOCKETIO -> node(SOCKETIO, "socketio.js", ENGINE_IO);
      case NETTY_SOCKETIO -> nettySocketIo();
      case FLOOR ->
          new Contender(
              FLOOR, SOCKETCLUSTER_PROTOCOL, List.of(tools.floor().toString(), Contender.PORT));
      default -> throw new IllegalArgumentException("there is no server " + id + ", but " + ALL);
    };
  }

  /** This server, started with these arguments. */
  public Contender thisServer(String id, String... arguments) {
    return thisServerOn(id, JVM_OPTIONS, arguments);
  }

  /** This server as its launchers start it, with what the JVM has learnt: for its first seconds. */
  public Contender launched() {
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.addAll(STARTUP_OPTIONS);
    return thisServerOn(THIS, options);
  }

  /** This server, whose clients speak another protocol with it. */
  public Contender thisServerSpeaking(String protocol, String id, String... arguments) {
    return new Contender(id, protocol, thisServer(id, arguments).command());
  }

  /** This server with TLS, by Netty's own provider on OpenSSL or by the JDK's. */
  public Contender secured(String id, boolean usesOpenSsl) {
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.add("-Dio.netty.handler.ssl.noOpenSsl=" + !usesOpenSsl);
    return thisServerOn(id, options, "--tls", "yes");
  }

  /** This server on a JVM with these options instead of the usual ones. */
  public Contender thisServerOn(String id, List<String> jvmOptions, String... arguments) {
    return server(id, jar(), jvmOptions, arguments);
  }

  /** This server from another build, without what a JVM has learnt of either. */
  public Contender ofJar(String id, Path jar) {
    return server(id, jar, JVM_OPTIONS);
  }

  /** Returns the runnable jar of this server. */
  public Path jar() {
    return tools.jarOf("benchmarks");
  }

  private Contender server(String id, Path jar, List<String> jvmOptions, String... arguments) {
    List<String> command = javaCommand(jvmOptions);
    command.addAll(List.of("-jar", jar.toString(), "--port", Contender.PORT));
    command.addAll(Arrays.asList(arguments));
    return new Contender(id, SOCKETCLUSTER_PROTOCOL, command);
  }

  /** This server with the doors of old clients, or Socket.IO over polls. */
  public Contender door(String id, Door door) {
    List<String> command =
        door == Door.SOCKETIO_4_POLLING
            ? List.of(
                "node", "--expose-gc", tools.peers().resolve("socketio-polling.js").toString())
            : javaCommand(JVM_OPTIONS);
    List<String> all = new ArrayList<>(command);
    if (door != Door.SOCKETIO_4_POLLING) {
      all.addAll(List.of("-cp", jar().toString(), DoorServer.class.getName(), "--port"));
    }
    all.add(Contender.PORT);
    return new Contender(id, door.name(), all);
  }

  /** The command {@code socketcluster run} with an application of this module. */
  public Contender workers(String id, String... options) {
    List<String> command = new ArrayList<>(List.of(tools.java().toString(), "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", jar().toString(), SocketClusterCommand.class.getName(), "run"));
    command.addAll(List.of("--port=" + Contender.PORT, "--log-level=warn"));
    command.add("--worker-controller=" + BenchWorker.class.getName());
    command.add("--directory=" + tools.target().resolve("workers"));
    command.addAll(Arrays.asList(options));
    return new Contender(id, SOCKETCLUSTER_PROTOCOL, command).usingAllCores();
  }

  /** Another program of this module, on the JVM of the servers. */
  public Contender javaProgram(String id, String mainClass, String... arguments) {
    List<String> command = javaCommand(JVM_OPTIONS);
    command.addAll(List.of("-cp", jar().toString(), mainClass));
    command.addAll(Arrays.asList(arguments));
    return new Contender(id, SOCKETCLUSTER_PROTOCOL, command);
  }

  /** Returns the command of a load that is a program of this module. */
  public List<String> load(Class<?> program) {
    return List.of(tools.java().toString(), "-cp", jar().toString(), program.getName());
  }

  /** The demo as users start it. */
  public Contender demo(String id, String... environment) {
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(Arrays.asList(environment));
    command.addAll(List.of(tools.demo().toString(), "--port", Contender.PORT));
    return new Contender(id, SOCKETCLUSTER_PROTOCOL, command).usingAllCores();
  }

  private Contender node(String id, String script, String protocol) {
    String file = tools.peers().resolve(script).toString();
    return new Contender(id, protocol, List.of("node", file, Contender.PORT));
  }

  private Contender nettySocketIo() {
    String built = tools.peers().resolve("netty-socketio/target").toString();
    List<String> command = javaCommand(JVM_OPTIONS);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", built + "/*:" + built + "/lib/*"));
    command.addAll(List.of("io.socketcluster.benchmarks.peer.NettySocketIoServer", Contender.PORT));
    return new Contender(NETTY_SOCKETIO, ENGINE_IO, command);
  }

  /** A Spring Boot application, such as {@code tomcat} or {@code stomp-tomcat}. */
  public Contender spring(String setup) {
    String built = tools.peers().resolve("spring/target").toString();
    List<String> command = javaCommand(JVM_OPTIONS);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", built + "/*:" + built + "/lib/*"));
    command.addAll(List.of("io.socketcluster.benchmarks.peer.SpringServer", setup));
    command.add(Contender.PORT);
    String protocol = setup.startsWith("stomp") ? "STOMP" : "SOCKETCLUSTER";
    return new Contender(setup, protocol, command);
  }

  private List<String> javaCommand(List<String> jvmOptions) {
    List<String> command = new ArrayList<>(List.of(tools.java().toString()));
    command.addAll(jvmOptions);
    return command;
  }
}
