// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** What a pool's members are spoken with. */
public enum PoolProtocol {
    TCP,
    HTTP,
    HTTPS,
    PROXY,
    PROXYV2
}
