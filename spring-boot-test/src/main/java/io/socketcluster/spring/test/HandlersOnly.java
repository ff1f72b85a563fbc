// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test;

import io.socketcluster.spring.Middleware;
import io.socketcluster.spring.OnChannel;
import io.socketcluster.spring.OnConnection;
import io.socketcluster.spring.Procedure;
import io.socketcluster.spring.Receiver;
import java.lang.annotation.Annotation;
import java.util.List;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves out components that have neither handlers nor middleware. */
final class HandlersOnly
    extends StandardAnnotationCustomizableTypeExcludeFilter<SocketClusterSliceTest> {
  private static final List<Class<? extends Annotation>> ON_METHODS =
      List.of(
          Procedure.class,
          Receiver.class,
          OnConnection.class,
          OnChannel.class,
          Middleware.class); // a @Bean of a configuration

  HandlersOnly(Class<?> testClass) {
    super(testClass);
  }

  @Override
  protected boolean defaultInclude(MetadataReader component, MetadataReaderFactory readers) {
    AnnotationMetadata annotations = component.getAnnotationMetadata();
    return annotations.hasAnnotation(Middleware.class.getName())
        || ON_METHODS.stream().anyMatch(it -> annotations.hasAnnotatedMethods(it.getName()));
  }
}
