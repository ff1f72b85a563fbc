// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of handlers and middleware only. The application context has the components with handler
 * methods ({@code @Procedure}, {@code @Receiver}, {@code @OnConnection}, {@code @OnChannel}), the
 * middleware, and a server on a free port. It has neither a web server nor the other components;
 * declare what the handlers need with {@code @MockitoBean} or {@code @Import}.
 *
 * <p>Test methods get the server ({@code AGServer}), clients ({@code AGClientSocket}, with or
 * without {@code @TestClient}), raw clients and a relay as parameters, as with {@link
 * io.socketcluster.test.SocketClusterExtension}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(SocketClusterSliceBootstrapper.class)
@ExtendWith({SpringExtension.class, SlicePeers.class})
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(HandlersOnly.class)
@ImportAutoConfiguration
public @interface SocketClusterSliceTest {
  /** Properties, {@code name=value}, which are added to the environment of the test. */
  String[] properties() default {};

  /** Whether components with handlers, and middleware, are included. */
  boolean useDefaultFilters() default true;

  /** Filters for further components. */
  Filter[] includeFilters() default {};

  /** Filters for components to leave out. */
  Filter[] excludeFilters() default {};

  /** Auto-configurations to leave out. */
  @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
  Class<?>[] excludeAutoConfiguration() default {};
}
