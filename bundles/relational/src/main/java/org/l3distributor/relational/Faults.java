// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/** Reads what JPA, the pool and a driver throw: what kind of fault it is, and one sentence that says why. */
public final class Faults {
    private static final int PRIMARY = 0xFF; // an extended result code carries the primary one in its low byte
    private static final int MARIADB_LOCK_WAIT = 1205;
    private static final int MARIADB_DEADLOCK = 1213;

    private Faults() {}

    /** What can be done about a fault. */
    public enum Kind {
        /** The transaction met another one and was taken back: doing it again helps. */
        COLLISION,
        /** A row contradicts others: a duplicate, a missing reference, a missing value. */
        CONSTRAINT,
        /** The database can't be asked. */
        UNREACHABLE,
        OTHER
    }

    public static Kind kind(Throwable fault) {
        Optional<SQLException> sql = told(fault);
        if (sql.isEmpty()) {
            return hasCause(fault, SQLTransientConnectionException.class) ? Kind.UNREACHABLE : Kind.OTHER;
        }
        String state = sql.get().getSQLState();
        return state == null ? sqlite(sql.get().getErrorCode()) : server(state, sql.get());
    }

    /**
     * Whether there was no connection to be had from the pool in time, and none that it tried to make failed. Then either
     * others have them all, or a server takes long to answer: who knows which transactions are under way knows that.
     */
    public static boolean isWait(Throwable fault) {
        return told(fault).isEmpty() && hasCause(fault, SQLTransientConnectionException.class);
    }

    private static Kind sqlite(int code) {
        return switch (SQLiteErrorCode.getErrorCode(code & PRIMARY)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> Kind.COLLISION;
            case SQLITE_CONSTRAINT -> Kind.CONSTRAINT;
            case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_CORRUPT -> Kind.UNREACHABLE;
            default -> Kind.OTHER;
        };
    }

    private static Kind server(String state, SQLException sql) {
        int code = sql.getErrorCode();
        if (state.startsWith("40") || code == MARIADB_LOCK_WAIT || code == MARIADB_DEADLOCK || state.equals("55P03")) {
            return Kind.COLLISION;
        }
        if (state.startsWith("23")) {
            return Kind.CONSTRAINT;
        }
        boolean gone =
                state.startsWith("08") || state.startsWith("57P") || state.startsWith("28") || state.startsWith("3D");
        return gone || sql instanceof SQLRecoverableException ? Kind.UNREACHABLE : Kind.OTHER;
    }

    /** Why it failed, with a word about what to do where that is known. */
    public static String reason(Throwable fault) {
        Optional<SQLException> sql = told(fault);
        if (sql.isPresent()) {
            return hint(sql.get()) + sql.get().getMessage();
        }
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }

    /** The fault that a database told: SQLite's have a code, those of servers a state too. */
    private static Optional<SQLException> told(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (sql.getErrorCode() != 0 || sql.getSQLState() != null)) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static boolean hasCause(Throwable fault, Class<? extends Throwable> type) {
        Throwable cause = fault;
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static String hint(SQLException sql) {
        if (sql.getSQLState() == null) {
            return switch (SQLiteErrorCode.getErrorCode(sql.getErrorCode() & PRIMARY)) {
                case SQLITE_FULL -> "the disk is full; ";
                case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database is damaged, restore a backup; ";
                case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> "the file can't be opened for writing; ";
                case SQLITE_IOERR -> "the disk fails; ";
                case SQLITE_BUSY, SQLITE_LOCKED -> "another process holds the lock; ";
                default -> "";
            };
        }
        return switch (sql.getSQLState()
                .substring(0, Math.min(2, sql.getSQLState().length()))) {
            case "08" -> "the server can't be reached; ";
            case "28" -> "the server refuses the login; ";
            case "3D" -> "there is no such database; ";
            case "53" -> "the server is out of disk, memory or connections; ";
            case "57" -> "the server is going down or coming up; ";
            default -> "";
        };
    }
}
