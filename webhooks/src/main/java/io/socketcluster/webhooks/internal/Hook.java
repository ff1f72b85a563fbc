// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import java.util.Map;

/**
 * An event that is to be sent.
 *
 * @param key events with the same key are sent in their order
 * @param id the same at each attempt
 * @param body what is sent as JSON
 */
record Hook(String key, String id, Map<String, Object> body) {}
