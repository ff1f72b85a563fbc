// SPDX-License-Identifier: MIT
/** Signs and verifies JSON Web Tokens with Nimbus, and speaks of failures as jsonwebtoken does. */
package io.socketcluster.server.internal.auth;
