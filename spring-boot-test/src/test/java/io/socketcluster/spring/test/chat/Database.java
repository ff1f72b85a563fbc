// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test.chat;

import org.springframework.stereotype.Component;

/** Cannot start in a test. */
@Component
public class Database implements Orders {
  Database() {
    throw new IllegalStateException("There is no database here");
  }

  @Override
  public int add(String item) {
    return 0;
  }
}
