// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import picocli.CommandLine.Command;

/** The commands about tokens. */
@Command(
    name = "token",
    description = "Makes and checks tokens (JWTs) with the key of the configuration.",
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {}
