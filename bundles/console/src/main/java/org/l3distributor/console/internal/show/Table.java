// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in columns, never wider than a terminal of 100 columns: the last column is cut first, then the widest; JSON has all of it. */
final class Table {
    static final int WIDTH = 100;
    private static final int NARROWEST = 20;
    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** One cell a column; null is "-". */
    Table row(@Nullable Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "-" : oneLine(cell.toString()))
                .toList());
        return this;
    }

    /** What comes from a peer or a file can't break the table. */
    private static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The lines, without blanks at their ends; a heading alone when there are no rows. */
    @Override
    public String toString() {
        int[] widths = widths();
        return Stream.concat(Stream.of(heads), rows.stream())
                .map(row -> line(row, widths))
                .collect(Collectors.joining("\n"));
    }

    private int[] widths() {
        int[] widths = IntStream.range(0, heads.size())
                .map(column -> Stream.concat(Stream.of(heads), rows.stream())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        int room = WIDTH - GAP.length() * (widths.length - 1);
        int last = widths.length - 1;
        while (Arrays.stream(widths).sum() > room) {
            // the last column holds words; what stands before it are names, which somebody may want to type
            int cut = widths[last] > NARROWEST ? last : widest(widths);
            if (widths[cut] <= 1) {
                break;
            }
            widths[cut]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        return IntStream.range(0, widths.length).reduce(0, (a, b) -> widths[b] >= widths[a] ? b : a);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(row.get(column), widths[column]);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
