// SPDX-License-Identifier: MIT
/** Many packets in the body of one request or answer, in each of the three forms of Engine.IO. */
package io.socketcluster.engineio.internal.payload;
