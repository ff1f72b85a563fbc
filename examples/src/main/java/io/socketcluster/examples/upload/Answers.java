// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamHandler;
import java.io.IOException;

/** Answers calls by a function: with its result, or with the error that it throws. */
final class Answers {
  private Answers() {}

  interface Function<T> {
    Object apply(T data) throws IOException;
  }

  static <T> StreamHandler<AGRequest<T>> of(Function<T> function) {
    return request -> {
      try {
        request.end(function.apply(request.data()));
      } catch (AGException e) {
        request.error(e);
      }
    };
  }
}
