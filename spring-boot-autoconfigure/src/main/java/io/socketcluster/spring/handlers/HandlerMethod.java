// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A method of a bean that handles something. Thread-safe.
 *
 * @param name the name of the procedure, receiver or channel; empty for connections
 * @param bean returns the bean, or its proxy
 */
record HandlerMethod(
    HandlerKind kind, String name, Supplier<Object> bean, Method method, List<Argument> arguments) {
  /**
   * Calls the method.
   *
   * @throws Exception what the method throws
   */
  @Nullable Object call(Occasion occasion) throws Exception {
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(occasion);
    }
    try {
      return method.invoke(bean.get(), values);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
