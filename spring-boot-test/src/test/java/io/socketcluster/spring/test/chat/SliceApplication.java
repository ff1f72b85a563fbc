// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test.chat;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class SliceApplication {}
