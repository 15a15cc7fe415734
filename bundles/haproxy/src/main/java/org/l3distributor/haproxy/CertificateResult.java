// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

/** What became of a certificate file. */
public sealed interface CertificateResult {
    /**
     * Stored, found or gone.
     *
     * @param md5 of the file, in hex; empty after a removal
     */
    record Done(String md5) implements CertificateResult {}

    /** There is no such file. */
    record Unknown(String name) implements CertificateResult {}

    /** No file may have this name (or this load balancer's). Octavia's agent answers 400. */
    record BadName(String name) implements CertificateResult {}

    /** The disk refused; what was there before still is. */
    record Failed(String message, String details) implements CertificateResult {}
}
