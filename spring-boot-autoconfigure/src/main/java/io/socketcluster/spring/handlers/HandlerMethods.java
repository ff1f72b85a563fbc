// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;

/** Finds the methods of all beans that handle something. */
final class HandlerMethods {
  private final ConfigurableListableBeanFactory beans;
  private final Arguments arguments;

  HandlerMethods(ConfigurableListableBeanFactory beans, Arguments arguments) {
    this.beans = beans;
    this.arguments = arguments;
  }

  /**
   * Returns the methods.
   *
   * @throws IllegalStateException if two methods answer one procedure, or a method has a parameter
   *     that nothing can be passed for
   */
  List<HandlerMethod> find() {
    List<HandlerMethod> found = new ArrayList<>();
    for (String bean : beans.getBeanNamesForType(Object.class, true, false)) {
      Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
      if (type != null && !ScopedProxyUtils.isScopedTarget(bean)) {
        found.addAll(of(bean, type));
      }
    }
    requireOneForEachProcedure(found);
    return found;
  }

  private List<HandlerMethod> of(String bean, Class<?> type) {
    List<HandlerMethod> found = new ArrayList<>();
    for (HandlerKind kind : HandlerKind.values()) {
      Map<Method, String> methods =
          MethodIntrospector.selectMethods(
              type, (MethodIntrospector.MetadataLookup<String>) kind::nameOf);
      methods.forEach((method, name) -> found.add(of(kind, name, bean, method)));
    }
    return found;
  }

  private HandlerMethod of(HandlerKind kind, String name, String bean, Method method) {
    List<Argument> sources = arguments.of(method, kind);
    Class<?> proxy = beans.getType(bean);
    Method callable = proxy == null ? method : AopUtils.selectInvocableMethod(method, proxy);
    callable.trySetAccessible();
    return new HandlerMethod(kind, name, () -> beans.getBean(bean), callable, sources);
  }

  /** A call has one answer. */
  private static void requireOneForEachProcedure(Collection<HandlerMethod> found) {
    Map<String, Method> procedures = new HashMap<>();
    for (HandlerMethod handler : found) {
      if (handler.kind() == HandlerKind.PROCEDURE) {
        Method other = procedures.put(handler.name(), handler.method());
        if (other != null) {
          throw new IllegalStateException(
              "Two methods answer the procedure "
                  + handler.name()
                  + ": "
                  + other
                  + " and "
                  + handler.method());
        }
      }
    }
  }
}
