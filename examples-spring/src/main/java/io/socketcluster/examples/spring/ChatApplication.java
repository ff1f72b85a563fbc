// SPDX-License-Identifier: MIT
package io.socketcluster.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A chat in Spring Boot, on the port of Tomcat. */
@SpringBootApplication
public class ChatApplication {
  /** Starts the application. */
  public static void main(String... arguments) {
    SpringApplication.run(ChatApplication.class, arguments);
  }
}
