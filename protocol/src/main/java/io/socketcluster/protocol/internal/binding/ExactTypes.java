// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.nio.ByteBuffer;
import java.time.Month;
import java.time.Year;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.type.ReferenceType;

/**
 * Puts exact readers in the place of Jackson's own where those bend a value until it fits. What an
 * application has registered itself stays.
 */
final class ExactTypes extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  private final boolean numbersAreTimes;

  /**
   * Makes a modifier.
   *
   * @param numbersAreTimes whether times are written as numbers, so that numbers have to be read
   */
  ExactTypes(boolean numbersAreTimes) {
    this.numbersAreTimes = numbersAreTimes;
  }

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueDeserializer<?> found) {
    Class<?> type = description.getBeanClass();
    if (!isJacksons(found)) {
      return found;
    }
    if (type == String.class) {
      return new ExactText();
    }
    if (type == ByteBuffer.class) {
      return ExactBytes.buffer();
    }
    if (type == TimeZone.class) {
      return new KnownZone(TextOnly.text(found));
    }
    if (found instanceof FromStringDeserializer) {
      return TextOnly.text(found);
    }
    if (type == boolean.class || type == char.class) {
      return new PresentPrimitive(found);
    }
    return isTime(type, found) ? TextOnly.time(found) : ExactNumber.of(type, found);
  }

  private boolean isTime(Class<?> type, ValueDeserializer<?> found) {
    return !numbersAreTimes
        && type != Year.class // written as a number
        && found.logicalType() == LogicalType.DateTime;
  }

  private static boolean isJacksons(Object found) {
    return found.getClass().getName().startsWith("tools.jackson.databind.");
  }

  @Override
  public ValueDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> found) {
    if (!isJacksons(found)) {
      return found;
    }
    return type.getRawClass() == byte[].class
        ? ExactBytes.array()
        : ExactArray.of(type.getRawClass(), found);
  }

  @Override
  public ValueDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> found) {
    if (type.hasRawClass(Month.class) && isJacksons(found)) {
      return TextOnly.time(found);
    }
    return found instanceof EnumDeserializer ? TextOnly.text(found) : found;
  }

  @Override
  public ValueDeserializer<?> modifyReferenceDeserializer(
      DeserializationConfig config,
      ReferenceType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> found) {
    return isJacksons(found) ? ExactNumber.of(type.getRawClass(), found) : found;
  }

  @Override
  public KeyDeserializer modifyKeyDeserializer(
      DeserializationConfig config, JavaType type, KeyDeserializer found) {
    boolean isTime = type.isTypeOrSubTypeOf(Date.class) || type.isTypeOrSubTypeOf(Calendar.class);
    return type.isTypeOrSubTypeOf(Number.class) || (isTime && !numbersAreTimes)
        ? new ExactKey(type.getRawClass(), found)
        : found;
  }
}
