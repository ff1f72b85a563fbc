// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

/**
 * How far an upload is.
 *
 * @param id which the server has chosen; whoever knows it may go on with the upload, or watch it
 * @param name of the file, as its sender calls it
 * @param received how many bytes are on the disk; the next piece begins there
 * @param size of the whole file in bytes
 */
record Progress(String id, String name, long received, long size) {}
