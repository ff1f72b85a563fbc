// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import io.socketcluster.cli.internal.config.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Creates an application. */
@Command(
    name = "create",
    description = "Creates an application in a new folder: a chat with its page and its test.")
public final class CreateCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
  private static final String ALLOWED = "allowed: lower-case letters, digits and hyphens";

  @Parameters(paramLabel = "NAME", description = "the folder, and the name of the application")
  private Path folder = Path.of("");

  @Option(names = "--force", description = "overwrites files without asking")
  private boolean force;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "the package of the classes; default: com.example and the name")
  private @Nullable String packageName;

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      converter = Template.Reader.class,
      description = "the kind of application: ${COMPLETION-CANDIDATES}; default: plain")
  private Template template = Template.PLAIN;

  @Option(names = "--json", description = "prints JSON; existing files need --force")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (folder.toString().isEmpty()) { // which is the current folder to the system
      throw new ParameterException(spec.commandLine(), "the name is empty; " + ALLOWED);
    }
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(), "the name " + name + " is refused; " + ALLOWED);
    }
    Map<String, byte[]> files = template.files(words(name));
    Map<String, byte[]> written = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (mayWrite(folder.resolve(file.getKey()), file.getValue())) {
        written.put(file.getKey(), file.getValue());
      }
    }
    for (Map.Entry<String, byte[]> file : written.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.write(path, file.getValue());
    }
    tell(written.keySet());
    return 0;
  }

  private Map<String, String> words(String name) {
    String inPackage = packageName == null ? "com.example." + name.replace("-", "") : packageName;
    if (!PACKAGE.matcher(inPackage).matches() || !SourceVersion.isName(inPackage)) {
      throw new ParameterException(
          spec.commandLine(),
          "--package is "
              + inPackage
              + "; allowed: a lower-case name such as com.example.chat, without words of Java");
    }
    return Map.of(
        "NAME",
        name,
        "PACKAGE",
        inPackage,
        "PACKAGE_PATH",
        inPackage.replace('.', '/'),
        "VERSION",
        Version.CURRENT,
        "SPRING_BOOT_VERSION",
        Version.SPRING_BOOT,
        "NETTY_VERSION",
        Version.NETTY);
  }

  private boolean mayWrite(Path file, byte[] content) throws IOException {
    if (force || !Files.exists(file) || Arrays.equals(Files.readAllBytes(file), content)) {
      return true;
    }
    if (json) {
      throw new CommandFailure(file + " exists; --force overwrites it");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(file + " exists. Overwrite it? (y/n) ");
    out.flush();
    String answer = Answers.next();
    if (answer == null) {
      throw new CommandFailure(file + " exists; nothing was written");
    }
    return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
  }

  private void tell(Iterable<String> written) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("folder", folder.toString());
      ArrayNode names = answer.putArray("written");
      written.forEach(names::add);
      out.println(answer);
      return;
    }
    written.forEach(file -> out.println("  " + folder.resolve(file)));
    String command = System.getProperty("socketcluster.command", "socketcluster");
    out.println();
    out.println("Created. Start it, and open http://localhost:8000/ :");
    out.println("  cd " + folder + " && " + command + " run");
  }
}
