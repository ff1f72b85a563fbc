// SPDX-License-Identifier: MIT
/**
 * The machinery of options, for both ends: an option is declared once, with its name, its default,
 * its bounds and its form as data. For the modules of SocketCluster only.
 */
package io.socketcluster.core.options;
