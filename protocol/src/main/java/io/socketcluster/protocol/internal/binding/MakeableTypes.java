// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.impl.TypeWrappedDeserializer;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds types that a mapper cannot make, before data for them comes: interfaces, abstract classes,
 * classes without a constructor that it may call, also inside of others. Used once.
 */
public final class MakeableTypes {
  private final DeserializationContext context;
  private final Set<ValueDeserializer<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  public MakeableTypes(JsonMapper mapper) {
    this.context = mapper._deserializationContext();
  }

  /**
   * Checks a type.
   *
   * @throws RuntimeException of Jackson's, or an {@link IllegalArgumentException}, if the type
   *     cannot be made
   */
  public void check(JavaType type) {
    check(context.findRootValueDeserializer(type));
  }

  private void check(@Nullable ValueDeserializer<?> given) {
    if (given == null || !seen.add(given)) {
      return;
    }
    switch (given) {
      case AbstractDeserializer cannot -> throw cannotMake(cannot.handledType());
      case BeanDeserializerBase bean -> checkBean(bean);
      case TypeWrappedDeserializer polymorphic -> {}
      case ContainerDeserializerBase<?> container -> checkContent(container);
      default -> check(given.getDelegatee());
    }
  }

  private void checkBean(BeanDeserializerBase bean) {
    if (!bean.getValueInstantiator().canInstantiate()) {
      throw cannotMake(bean.handledType());
    }
    checkAccess(bean.handledType());
    for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      if (!property.hasValueTypeDeserializer() && property.hasValueDeserializer()) {
        check(property.getValueDeserializer());
      }
    }
  }

  /** A public class in an exported package may do without: not all of it needs to be opened. */
  private static void checkAccess(Class<?> type) {
    Module jackson = JsonMapper.class.getModule();
    boolean isPublic = Modifier.isPublic(type.getModifiers());
    if (!type.getModule().isOpen(type.getPackageName(), jackson)
        && !(isPublic && type.getModule().isExported(type.getPackageName(), jackson))) {
      throw new IllegalArgumentException(
          type.getName()
              + " is in a package that the module "
              + type.getModule().getName()
              + " does not open to tools.jackson.databind");
    }
  }

  /** What names its own type is made by that. */
  private void checkContent(ContainerDeserializerBase<?> container) {
    JavaType content = container.getContentType();
    if (content == null || context.findTypeDeserializer(content) == null) {
      check(container.getContentDeserializer());
    }
  }

  private static IllegalArgumentException cannotMake(Class<?> type) {
    return new IllegalArgumentException(
        type.getName() + " is abstract, or has no constructor that Jackson can call");
  }
}
