// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.model.Registration;

/** Rows that come and rows that go, together. */
public record Change(List<Registration> added, List<Registration> removed) {
    public static final Change NONE = new Change(List.of(), List.of());

    public Change {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }

    public int rows() {
        return added.size() + removed.size();
    }

    /** What these changes, made one after the other, come to: of each row, the last word counts. */
    public static Change netOf(List<Change> changes) {
        if (changes.size() == 1) {
            return changes.get(0);
        }
        Map<Registration, Boolean> lastWord = new LinkedHashMap<>();
        for (Change change : changes) {
            change.removed.forEach(row -> lastWord.put(row, false));
            change.added.forEach(row -> lastWord.put(row, true));
        }
        List<Registration> added = new ArrayList<>();
        List<Registration> removed = new ArrayList<>();
        lastWord.forEach((row, stays) -> (stays ? added : removed).add(row));
        return new Change(added, removed);
    }
}
