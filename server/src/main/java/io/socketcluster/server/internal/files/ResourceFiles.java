// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import io.socketcluster.server.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of a folder of the class path, each read once: only those that exist are kept. */
public final class ResourceFiles implements FileSource {
  private final Class<?> anchor;
  private final String folder;
  private final Map<String, HttpAnswer> read = new ConcurrentHashMap<>();

  public ResourceFiles(Class<?> anchor, String folder) {
    this.anchor = Objects.requireNonNull(anchor, "anchor");
    this.folder = folder.endsWith("/") ? folder : folder + "/";
  }

  @Override
  public @Nullable HttpAnswer read(List<String> names) throws IOException {
    String resource = folder + String.join("/", names);
    HttpAnswer known = read.get(resource);
    if (known != null) {
      return known;
    }
    URL url = anchor.getResource(resource);
    if (url == null || isDirectory(url)) {
      return null;
    }
    try (InputStream in = url.openStream()) {
      HttpAnswer answer = FileAnswer.of(names.getLast(), in.readAllBytes());
      read.put(resource, answer);
      return answer;
    }
  }

  @Override
  public boolean isDirectory(List<String> names) throws IOException {
    URL url = anchor.getResource(folder + String.join("/", names));
    return url != null && isDirectory(url);
  }

  /** A directory can be read as a resource, too: it is a list of its files, or empty. */
  private static boolean isDirectory(URL url) throws IOException {
    if (url.getProtocol().equals("file")) {
      return Files.isDirectory(Path.of(URI.create(url.toString())));
    }
    URLConnection connection = url.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarEntry().isDirectory()
          || jar.getJarFile().getEntry(jar.getEntryName() + "/") != null;
    }
    return false;
  }
}
