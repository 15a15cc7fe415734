// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

/** What became of an uploaded configuration. Whatever it is, the running HAProxy was left alone. */
public sealed interface UploadResult {
    /**
     * It checks, and is on the disk.
     *
     * @param md5 of the bytes as they came, in hex
     */
    record Stored(StoredConfiguration configuration, String md5) implements UploadResult {}

    /**
     * HAProxy, or we, don't accept it; what was stored before still is. Octavia's agent answers 400
     * {@code Invalid request}.
     *
     * @param details HAProxy's own words
     */
    record Rejected(String details) implements UploadResult {}

    /** It could not be checked or stored (disk full, no HAProxy); what was stored before still is. */
    record Failed(String message, String details) implements UploadResult {}
}
