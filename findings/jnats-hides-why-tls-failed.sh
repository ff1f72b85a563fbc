#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  jnats 2.26.2, nats-server of Debian 12 (2.9.10), JDK 25
# Date:      30 November 2026
# Guessed:   Nats.connect to a server whose certificate is not trusted throws an exception that has the TLS failure as its cause.
# Seen:      the IOException has no cause and no suppressed exception, and its text names the server only. The reason reaches
#            nobody but an ErrorListener that was set in the options.
set -euo pipefail
command -v nats-server > /dev/null || PATH=$PATH:/usr/sbin
command -v nats-server > /dev/null || { echo "nats-server is missing (Debian: apt-get install nats-server)" >&2; exit 1; }
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
    <dependency><groupId>io.nats</groupId><artifactId>jnats</artifactId><version>2.26.2</version></dependency>
  </dependencies>
  <build><plugins>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.9.0</version></plugin>
  </plugins></build>
</project>
XML
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2> /dev/null
cat > src/main/java/Look.java <<'JAVA'
import io.nats.client.*;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.*;

public class Look {
  static void awaitServer(int port) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try (Socket socket = new Socket("localhost", port)) {
        return;
      } catch (IOException notYet) {
        if (attempt == 100) throw notYet;
        Thread.sleep(100);
      }
    }
  }

  public static void main(String... args) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process server =
        new ProcessBuilder(
                "nats-server", "-a", "localhost", "-p", String.valueOf(port),
                "--tls", "--tlscert", "cert.pem", "--tlskey", "key.pem")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    try {
      awaitServer(port);
      Options options =
          new Options.Builder()
              .server("tls://localhost:" + port)
              .errorListener(new ErrorListener() {
                @Override
                public void exceptionOccurred(Connection connection, Exception exception) {
                  told.add(exception);
                }
              })
              .build();
      Nats.connect(options);
    } catch (IOException failure) {
      Throwable reason = told.poll(10, TimeUnit.SECONDS);
      System.out.println(
          "SEEN " + failure.getClass().getSimpleName()
              + ", cause " + failure.getCause() + ", suppressed " + failure.getSuppressed().length
              + ", names the certificate " + failure.getMessage().contains("cert")
              + ", the listener was told " + (reason != null));
    } finally {
      server.destroyForcibly();
    }
    System.exit(0);
  }
}
JAVA
mvn --batch-mode --no-transfer-progress -q compile dependency:build-classpath -Dmdep.outputFile=classpath > log 2>&1 || { tail -n 20 log >&2; exit 1; }
seen=$("$JAVA_HOME/bin/java" -cp "target/classes:$(cat classpath)" Look 2>/dev/null | grep '^SEEN')
echo "${seen#SEEN }"
[ "$seen" = "SEEN IOException, cause null, suppressed 0, names the certificate false, the listener was told true" ]
