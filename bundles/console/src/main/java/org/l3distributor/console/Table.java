// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns, never wider than a terminal of 100 columns: the last column, which holds words, goes on in the next
 * line; where that isn't enough, the widest is cut. JSON has all of it.
 */
public final class Table {
    static final int WIDTH = 100;
    private static final int NARROWEST = 20;
    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** One cell a column; null is "-". */
    public Table row(@Nullable Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::text).toList());
        return this;
    }

    private static String text(@Nullable Object cell) {
        return cell == null ? "-" : cell instanceof Instant at ? Moments.text(at) : oneLine(cell.toString());
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
                .flatMap(row -> lines(row, widths))
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

    private static Stream<String> lines(List<String> row, int[] widths) {
        int last = widths.length - 1;
        StringBuilder before = new StringBuilder();
        for (int column = 0; column < last; column++) {
            String cell = cut(row.get(column), widths[column]);
            before.append(cell)
                    .append(" ".repeat(widths[column] - cell.length()))
                    .append(GAP);
        }
        List<String> parts = Lines.wrapped(row.get(last), widths[last]);
        String margin = " ".repeat(before.length());
        return IntStream.range(0, parts.size())
                .mapToObj(i -> ((i == 0 ? before : margin) + parts.get(i)).stripTrailing());
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
