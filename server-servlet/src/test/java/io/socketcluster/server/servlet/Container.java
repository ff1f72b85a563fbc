// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** A real servlet container on a free port, with one servlet. */
interface Container {
  int port();

  void close() throws Exception;

  /** The containers that the module supports. */
  enum Kind {
    TOMCAT {
      @Override
      Container start(Servlet servlet, String context, String mapping, @Nullable KeyStore keys)
          throws Exception {
        return new TomcatContainer(servlet, context, mapping, keys);
      }
    },
    JETTY {
      @Override
      Container start(Servlet servlet, String context, String mapping, @Nullable KeyStore keys)
          throws Exception {
        return new JettyContainer(servlet, context, mapping, keys);
      }
    };

    /**
     * @param context the path of the application, empty for the root
     * @param keys those of TLS, or null without TLS; their password is empty
     */
    abstract Container start(
        Servlet servlet, String context, String mapping, @Nullable KeyStore keys) throws Exception;
  }

  /** Tomcat as Spring Boot embeds it. */
  final class TomcatContainer implements Container {
    private final Tomcat tomcat = new Tomcat();

    TomcatContainer(Servlet servlet, String contextPath, String mapping, @Nullable KeyStore keys)
        throws Exception {
      Path base = Files.createTempDirectory("tomcat");
      base.toFile().deleteOnExit();
      tomcat.setBaseDir(base.toString());
      tomcat.setPort(0);
      Context context = tomcat.addContext(contextPath, null);
      Wrapper wrapper = Tomcat.addServlet(context, "socketcluster", servlet);
      wrapper.setAsyncSupported(true);
      wrapper.addMapping(mapping);
      Connector connector = tomcat.getConnector();
      if (keys != null) {
        secure(connector, keys);
      }
      tomcat.start();
    }

    private static void secure(Connector connector, KeyStore keys) {
      SSLHostConfig host = new SSLHostConfig();
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
      certificate.setCertificateKeystore(keys);
      certificate.setCertificateKeystorePassword("");
      host.addCertificate(certificate);
      connector.addSslHostConfig(host);
      connector.setProperty("SSLEnabled", "true");
      connector.setScheme("https");
      connector.setSecure(true);
    }

    @Override
    public int port() {
      return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws Exception {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  /** Jetty as Spring Boot embeds it. */
  final class JettyContainer implements Container {
    private final Server server = new Server();
    private final ServerConnector connector;

    JettyContainer(Servlet servlet, String contextPath, String mapping, @Nullable KeyStore keys)
        throws Exception {
      connector = keys == null ? new ServerConnector(server) : secured(keys);
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler();
      context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
      ServletHolder holder = new ServletHolder(servlet);
      holder.setAsyncSupported(true);
      context.addServlet(holder, mapping);
      server.setHandler(context);
      server.start();
    }

    private ServerConnector secured(KeyStore keys) {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(keys);
      tls.setKeyStorePassword("");
      return new ServerConnector(server, tls);
    }

    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
      server.stop();
    }
  }
}
