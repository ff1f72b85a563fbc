// SPDX-License-Identifier: MIT
/** The codec {@code sc-codec-min-bin}: MessagePack in binary frames. */
package io.socketcluster.codec.minbin;
