// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.AGException;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** A type in a module that does not open it to Jackson is the developer's mistake. */
class ClosedModuleTest {
  private static final Payload PURCHASE = json("{\"item\":\"tea\",\"count\":2}");

  @TempDir Path directory;

  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  private Class<?> purchase(String modifier, String directive)
      throws IOException, ClassNotFoundException {
    Path module = directory.resolve("module-info.java");
    Path type = directory.resolve("shop/Purchase.java");
    Files.createDirectories(type.getParent());
    Files.writeString(module, "module shop { " + directive + " }");
    Files.writeString(
        type, "package shop; " + modifier + " record Purchase(String item, int count) {}");
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), module.toString(), type.toString());
    assertThat(exit).isZero();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(directory), ModuleFinder.of(), Set.of("shop"));
    return ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(boot), ClassLoader.getSystemClassLoader())
        .layer()
        .findLoader("shop")
        .loadClass("shop.Purchase");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "public,''", "'',exports shop;"})
  void aTypeThatIsNotOpenIsRefusedWhereItIsNamed(String modifier, String directive)
      throws Exception {
    Class<?> type = purchase(modifier, directive);

    assertThatThrownBy(() -> DataMapper.STANDARD.binding(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop.Purchase")
        .hasMessageContaining("the module shop does not open to tools.jackson.databind");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "public,''", "'',exports shop;"})
  void aTypeThatIsNotOpenIsNotBlamedOnTheData(String modifier, String directive) throws Exception {
    JavaType type = JsonMapper.shared().constructType(purchase(modifier, directive));

    assertThatThrownBy(() -> DataMapper.STANDARD.read(PURCHASE, type))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(AGException.class);
  }

  @ParameterizedTest
  @CsvSource({"'',opens shop;", "public,exports shop;"})
  void aTypeThatIsOpenIsMade(String modifier, String directive) throws Exception {
    assertThat(DataMapper.STANDARD.binding(purchase(modifier, directive)).bind(PURCHASE))
        .hasToString("Purchase[item=tea, count=2]");
  }
}
