// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A PEM file that the listener can't work with; the message names the file and what is wrong with it. */
final class TlsFault extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFault(Path file, Exception cause) {
        super(file + ": " + (cause instanceof NoSuchFileException ? "isn't there" : cause.getMessage()), cause);
    }
}
