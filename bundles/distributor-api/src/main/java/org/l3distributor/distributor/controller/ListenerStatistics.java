// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** What a listener moved through one amphora since both are there. Bytes, connections, requests. */
public record ListenerStatistics(
        String listenerId,
        String amphoraId,
        long bytesIn,
        long bytesOut,
        int activeConnections,
        long totalConnections,
        long requestErrors) {}
