// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real servlet container on a free port, with one servlet. */
interface Container {
  int port();

  void close() throws Exception;

  /** The containers that the module supports. */
  enum Kind {
    TOMCAT {
      @Override
      Container start(Servlet servlet, String context, String mapping) throws Exception {
        return new TomcatContainer(servlet, context, mapping);
      }
    },
    JETTY {
      @Override
      Container start(Servlet servlet, String context, String mapping) throws Exception {
        return new JettyContainer(servlet, context, mapping);
      }
    };

    /**
     * @param context the path of the application, empty for the root
     */
    abstract Container start(Servlet servlet, String context, String mapping) throws Exception;
  }

  /** Tomcat as Spring Boot embeds it. */
  final class TomcatContainer implements Container {
    private final Tomcat tomcat = new Tomcat();

    TomcatContainer(Servlet servlet, String contextPath, String mapping) throws Exception {
      Path base = Files.createTempDirectory("tomcat");
      base.toFile().deleteOnExit();
      tomcat.setBaseDir(base.toString());
      tomcat.setPort(0);
      Context context = tomcat.addContext(contextPath, null);
      Wrapper wrapper = Tomcat.addServlet(context, "socketcluster", servlet);
      wrapper.setAsyncSupported(true);
      wrapper.addMapping(mapping);
      tomcat.getConnector();
      tomcat.start();
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
    private final ServerConnector connector = new ServerConnector(server);

    JettyContainer(Servlet servlet, String contextPath, String mapping) throws Exception {
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler();
      context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
      ServletHolder holder = new ServletHolder(servlet);
      holder.setAsyncSupported(true);
      context.addServlet(holder, mapping);
      server.setHandler(context);
      server.start();
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
