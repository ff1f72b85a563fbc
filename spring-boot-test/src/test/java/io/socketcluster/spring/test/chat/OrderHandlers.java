// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test.chat;

import io.socketcluster.spring.Procedure;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.springframework.stereotype.Component;

/** Handlers. */
@Component
public class OrderHandlers {
  private final Orders orders;

  OrderHandlers(Orders orders) {
    this.orders = orders;
  }

  record Order(@NotBlank String item) {}

  @Procedure("order")
  int order(@Valid Order order) {
    return orders.add(order.item);
  }
}
