#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  jetty-ee11-servlet 12.1.14 (Servlet 6.1), tomcat-embed-core 11.0.27, JDK 25
# Date:      30 November 2026
# Guessed:   HttpServletRequest.upgrade gives the handler a stream of what the client sends after the upgrade, on both.
# Seen:      on Jetty the stream of an upgraded GET is at its end at once. WebSocket upgrades with GET, so a WebSocket cannot
#            be made this way. Tomcat hands on what the client sends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/main/java"
cd "$folder"
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] && [ "$("$home/bin/javac" -version 2>&1 | sed 's/javac \([0-9]*\).*/\1/')" -ge 21 ] && JAVA_HOME=$home
done
export JAVA_HOME
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>look</groupId><artifactId>look</artifactId><version>1</version>
  <properties><maven.compiler.release>21</maven.compiler.release></properties>
  <dependencies>
    <dependency><groupId>org.eclipse.jetty.ee11</groupId><artifactId>jetty-ee11-servlet</artifactId><version>12.1.14</version></dependency>
    <dependency><groupId>org.apache.tomcat.embed</groupId><artifactId>tomcat-embed-core</artifactId><version>11.0.27</version></dependency>
  </dependencies>
  <build><plugins>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.9.0</version></plugin>
  </plugins></build>
</project>
XML
cat > src/main/java/Look.java <<'JAVA'
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.*;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.*;

public class Look {
  static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

  public static class Upgraded implements HttpUpgradeHandler {
    public void init(WebConnection connection) {
      try {
        ServletInputStream in = connection.getInputStream();
        in.setReadListener(new ReadListener() {
          public void onDataAvailable() throws IOException {
            byte[] bytes = new byte[100];
            while (in.isReady()) {
              int count = in.read(bytes);
              if (count < 0) return;
              TOLD.add("bytes");
            }
          }
          public void onAllDataRead() { TOLD.add("end"); }
          public void onError(Throwable error) { TOLD.add("end"); }
        });
      } catch (IOException error) {
        TOLD.add("error");
      }
    }
    public void destroy() {}
  }

  public static class Upgrading extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      response.setStatus(101);
      response.setHeader("Upgrade", "echo");
      response.setHeader("Connection", "Upgrade");
      request.upgrade(Upgraded.class);
    }
  }

  static int jetty() throws Exception {
    var server = new org.eclipse.jetty.server.Server();
    var connector = new org.eclipse.jetty.server.ServerConnector(server);
    server.addConnector(connector);
    var context = new org.eclipse.jetty.ee11.servlet.ServletContextHandler();
    context.addServlet(new Upgrading(), "/*");
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  static int tomcat() throws Exception {
    var tomcat = new org.apache.catalina.startup.Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    var context = tomcat.addContext("", null);
    org.apache.catalina.startup.Tomcat.addServlet(context, "look", new Upgrading()).addMapping("/*");
    tomcat.getConnector();
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  static String told(int port) throws Exception {
    TOLD.clear();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      var out = socket.getOutputStream();
      out.write(("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) head.append((char) socket.getInputStream().read());
      String early = TOLD.poll(1, TimeUnit.SECONDS); // nothing was sent yet
      if (early != null) return early;
      out.write("hello".getBytes(StandardCharsets.US_ASCII));
      return TOLD.poll(10, TimeUnit.SECONDS);
    }
  }

  public static void main(String... args) throws Exception {
    int jetty = jetty();
    int tomcat = tomcat();
    System.out.println("SEEN after the upgrade of a GET the handler reads: jetty " + told(jetty) + ", tomcat " + told(tomcat));
    System.exit(0);
  }
}
JAVA
mvn --batch-mode --no-transfer-progress -q compile dependency:build-classpath -Dmdep.outputFile=classpath > log 2>&1 || { tail -n 20 log >&2; exit 1; }
seen=$("$JAVA_HOME/bin/java" -cp "target/classes:$(cat classpath)" Look 2>/dev/null | grep '^SEEN')
echo "${seen#SEEN }"
[ "$seen" = "SEEN after the upgrade of a GET the handler reads: jetty end, tomcat bytes" ]
