// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words a failure of the system for the user of a command. */
public final class Reasons {
  private Reasons() {}

  /** Returns the reason alone. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file of this name exists";
    }
    return String.valueOf(failure.getMessage());
  }

  /** Returns the reason after the file that it is about, if the failure is about one. */
  public static String withFile(IOException failure) {
    String reason = of(failure);
    return failure instanceof FileSystemException about && about.getReason() == null
        ? about.getFile() + ": " + reason
        : reason;
  }

  /** Returns what the system says, such as "Address already in use". */
  public static String ofTheSystem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
