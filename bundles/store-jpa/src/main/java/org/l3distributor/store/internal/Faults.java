// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.nio.file.Path;
import java.sql.SQLException;
import org.l3distributor.distributor.store.StoreException;
import org.sqlite.SQLiteErrorCode;

/** Turns what JPA, the pool and the driver throw into one sentence: what was attempted, on which file, why not. */
final class Faults {
    private static final int PRIMARY = 0xFF; // an extended result code carries the primary one in its low byte

    private Faults() {}

    static StoreException translate(String attempted, Path file, Exception fault) {
        return new StoreException(attempted + " in " + file + ": " + reason(fault), fault);
    }

    private static String reason(Throwable fault) {
        Throwable deepest = fault;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
                return hint(sql.getErrorCode() & PRIMARY) + sql.getMessage();
            }
            deepest = cause;
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }

    private static String hint(int code) {
        return switch (SQLiteErrorCode.getErrorCode(code)) {
            case SQLITE_FULL -> "the disk is full; ";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database is damaged, restore a backup; ";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> "the file can't be opened for writing; ";
            case SQLITE_IOERR -> "the disk fails; ";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process holds the lock; ";
            default -> "";
        };
    }
}
