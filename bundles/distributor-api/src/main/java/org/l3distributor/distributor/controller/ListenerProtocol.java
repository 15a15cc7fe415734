// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** What a listener speaks with clients. */
public enum ListenerProtocol {
    TCP,
    HTTP,
    /** TLS that is passed through. */
    HTTPS
}
