// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.spring.OnChannel;
import io.socketcluster.spring.OnConnection;
import io.socketcluster.spring.Procedure;
import io.socketcluster.spring.Receiver;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The kinds of methods that handle something. */
enum HandlerKind {
  PROCEDURE(true, true) {
    @Override
    @Nullable String nameOf(Method method) {
      Procedure annotation = on(method, Procedure.class);
      return annotation == null ? null : annotation.value();
    }
  },
  RECEIVER(true, true) {
    @Override
    @Nullable String nameOf(Method method) {
      Receiver annotation = on(method, Receiver.class);
      return annotation == null ? null : annotation.value();
    }
  },
  CHANNEL(true, false) {
    @Override
    @Nullable String nameOf(Method method) {
      OnChannel annotation = on(method, OnChannel.class);
      return annotation == null ? null : annotation.value();
    }
  },
  CONNECTION(false, true) {
    @Override
    @Nullable String nameOf(Method method) {
      return on(method, OnConnection.class) == null ? null : "";
    }
  };

  private final boolean hasData;
  private final boolean hasSocket;

  HandlerKind(boolean hasData, boolean hasSocket) {
    this.hasData = hasData;
    this.hasSocket = hasSocket;
  }

  private static <A extends Annotation> @Nullable A on(Method method, Class<A> type) {
    return AnnotatedElementUtils.findMergedAnnotation(method, type);
  }

  /** Returns the name that a method handles, or null if it is of another kind. */
  abstract @Nullable String nameOf(Method method);

  boolean hasData() {
    return hasData;
  }

  boolean hasSocket() {
    return hasSocket;
  }
}
