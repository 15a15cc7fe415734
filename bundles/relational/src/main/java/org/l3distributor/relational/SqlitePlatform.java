// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import org.eclipse.persistence.internal.databaseaccess.DatabaseCall;
import org.eclipse.persistence.internal.expressions.ExpressionSQLPrinter;
import org.eclipse.persistence.internal.expressions.SQLSelectStatement;
import org.eclipse.persistence.platform.database.DatabasePlatform;

/**
 * SQLite's dialect, which EclipseLink 2.7 doesn't bring: LIMIT/OFFSET instead of row numbers, and no FOR UPDATE (a
 * transaction is the only writer from its begin on). Public because EclipseLink makes it by name.
 */
public final class SqlitePlatform extends DatabasePlatform {
    private static final long serialVersionUID = 1L;

    @Override
    public String getSelectForUpdateString() {
        return "";
    }

    @Override
    public void printSQLSelectStatement(DatabaseCall call, ExpressionSQLPrinter printer, SQLSelectStatement statement) {
        int most = statement.getQuery() == null ? 0 : statement.getQuery().getMaxRows();
        int first = statement.getQuery() == null ? 0 : statement.getQuery().getFirstResult();
        if (!shouldUseRownumFiltering() || (most <= 0 && first <= 0)) {
            super.printSQLSelectStatement(call, printer, statement);
            return;
        }
        statement.setUseUniqueFieldAliases(true);
        call.setFields(statement.printSQL(printer));
        printer.printString(" LIMIT ");
        printer.printParameter(DatabaseCall.MAXROW_FIELD);
        printer.printString(" OFFSET ");
        printer.printParameter(DatabaseCall.FIRSTRESULT_FIELD);
        call.setIgnoreFirstRowSetting(true);
        call.setIgnoreMaxResultsSetting(true);
    }

    /** The LIMIT: JPA's last row counts from the table's start, SQLite's from the offset; -1 is no limit. */
    @Override
    public int computeMaxRowsForSQL(int firstResultIndex, int maxResults) {
        return maxResults <= 0 ? -1 : maxResults - Math.max(firstResultIndex, 0);
    }
}
