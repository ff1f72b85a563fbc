// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.util.Arrays;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Makes a mapper refuse what it would otherwise bend until it fits. */
public final class StrictMapper {
  private StrictMapper() {}

  /**
   * Returns a mapper with the settings of another that coerces nothing. A coercion that was
   * configured for one type stays.
   */
  public static JsonMapper of(JsonMapper given) {
    boolean numbersAreTimes = given.isEnabled(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    return given
        .rebuild()
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DateTimeFeature.ALWAYS_ALLOW_STRINGIFIED_DATE_TIMESTAMPS)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .defaultLeniency(false)
        .withCoercionConfigDefaults(StrictMapper::refuseAll)
        .withCoercionConfig(
            LogicalType.Float,
            config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
        .addModule(
            new SimpleModule("socketcluster-exact-types")
                .setDeserializerModifier(new ExactTypes(numbersAreTimes)))
        .build();
  }

  private static void refuseAll(MutableCoercionConfig config) {
    Arrays.stream(CoercionInputShape.values())
        .forEach(shape -> config.setCoercion(shape, CoercionAction.Fail));
  }
}
