// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** Bounds that every value keeps. */
final class Texts {
    private static final int ID = 36;

    private Texts() {}

    static void id(String what, String id) {
        if (id.isEmpty() || id.length() > ID) {
            throw new IllegalArgumentException(what + " must have 1..36 characters, got '" + id + "'");
        }
    }
}
