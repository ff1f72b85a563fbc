// SPDX-License-Identifier: MIT
/** Auto-configuration of a server in Spring Boot 4. */
@NullMarked
package io.socketcluster.spring.boot;

import org.jspecify.annotations.NullMarked;
