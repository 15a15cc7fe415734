// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/**
 * Which part of a list is asked for, as Octavia's API says it: filters, tags, order, limit and marker. Pure.
 *
 * @param filters an attribute's name and the text that its value must have
 * @param sort after these keys everything is sorted by created_at and id
 * @param limit at most so many rows, at least 1
 * @param marker the id of the last row of the page before (of the first row of the page after, when reverse); null: from
 *     the start
 */
public record ListQuery(
        Map<String, String> filters,
        Tags tags,
        List<SortKey> sort,
        int limit,
        @Nullable String marker,
        boolean reverse) {
    private static final Set<String> OTHERS = Set.of(
            "limit",
            "marker",
            "sort",
            "sort_key",
            "sort_dir",
            "fields",
            "page_reverse",
            "tags",
            "tags-any",
            "not-tags",
            "not-tags-any");

    public ListQuery {
        filters = Map.copyOf(filters);
        sort = List.copyOf(sort);
    }

    /** By what, and whether downwards. */
    public record SortKey(String attribute, boolean descending) {}

    /** Tags that something must have all, or one of, or must not have all, or any of; an empty list asks nothing. */
    public record Tags(List<String> all, List<String> any, List<String> notAll, List<String> notAny) {
        public static final Tags NONE = new Tags(List.of(), List.of(), List.of(), List.of());

        public Tags {
            all = List.copyOf(all);
            any = List.copyOf(any);
            notAll = List.copyOf(notAll);
            notAny = List.copyOf(notAny);
        }

        boolean match(List<String> tags) {
            return tags.containsAll(all)
                    && (any.isEmpty() || !Collections.disjoint(tags, any))
                    && (notAll.isEmpty() || !tags.containsAll(notAll))
                    && Collections.disjoint(tags, notAny);
        }
    }

    /** Everything, up to a number of rows. */
    public static ListQuery all(int limit) {
        return new ListQuery(Map.of(), Tags.NONE, List.of(), limit, null, false);
    }

    /** The same for what belongs to one project. */
    public ListQuery of(String projectId) {
        Map<String, String> more = new HashMap<>(filters);
        more.remove("tenant_id");
        more.put("project_id", projectId);
        return new ListQuery(more, tags, sort, limit, marker, reverse);
    }

    /**
     * Reads a query string's parameters.
     *
     * @param attributes the names by which may be filtered and sorted
     * @param most the limit when none, or a greater one, is asked for
     */
    public static Outcome<ListQuery> read(Map<String, List<String>> parameters, Set<String> attributes, int most) {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, String> filters = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            if (OTHERS.contains(name)) {
                return;
            }
            if (!attributes.contains(name) || values.size() != 1) {
                refusals.add(Refusal.invalid(
                        Shown.text(name), null, "One or more arguments are either duplicate or invalid"));
            } else {
                filters.put(name, values.get(0));
            }
        });
        Tags tags = new Tags(
                list(parameters, "tags"),
                list(parameters, "tags-any"),
                list(parameters, "not-tags"),
                list(parameters, "not-tags-any"));
        List<SortKey> sort = sort(parameters, attributes, refusals);
        int limit = limit(last(parameters, "limit"), most, refusals);
        String marker = last(parameters, "marker");
        boolean reverse = "true".equalsIgnoreCase(last(parameters, "page_reverse"));
        return refusals.isEmpty()
                ? Outcome.done(new ListQuery(filters, tags, sort, limit, marker, reverse))
                : Outcome.refused(refusals);
    }

    private static @Nullable String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
    }

    private static List<String> list(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .toList();
    }

    private static int limit(@Nullable String given, int most, List<Refusal> refusals) {
        if (given == null || given.equals("infinite")) {
            return most;
        }
        if (!given.matches("-?[0-9]{1,9}")) {
            refusals.add(Refusal.invalid(
                    "limit", Shown.text(given), "Supplied pagination limit '" + Shown.text(given) + "' is not valid."));
            return most;
        }
        int limit = Integer.parseInt(given);
        return limit < 1 ? most : Math.min(limit, most);
    }

    private static List<SortKey> sort(
            Map<String, List<String>> parameters, Set<String> attributes, List<Refusal> refusals) {
        List<SortKey> keys = new ArrayList<>();
        String sort = last(parameters, "sort");
        String sortKeys = last(parameters, "sort_key");
        if (sort != null && !sort.isEmpty()) {
            for (String key : sort.split(",", -1)) {
                int colon = key.indexOf(':');
                keys.add(key(
                        colon < 0 ? key : key.substring(0, colon),
                        colon < 0 ? "asc" : key.substring(colon + 1),
                        attributes,
                        refusals));
            }
        } else if (sortKeys != null && !sortKeys.isEmpty()) {
            String given = last(parameters, "sort_dir");
            List<String> directions = given == null || given.isEmpty() ? List.of() : List.of(given.split(",", -1));
            int place = 0;
            for (String key : sortKeys.split(",", -1)) {
                keys.add(key(key, place < directions.size() ? directions.get(place) : "asc", attributes, refusals));
                place++;
            }
        }
        return keys;
    }

    private static SortKey key(String name, String direction, Set<String> attributes, List<Refusal> refusals) {
        if (!attributes.contains(name)) {
            refusals.add(Refusal.invalid(
                    "sort", Shown.text(name), "Supplied sort key '" + Shown.text(name) + "' is not valid."));
        }
        String lower = direction.toLowerCase(Locale.ROOT);
        if (!lower.equals("asc") && !lower.equals("desc")) {
            refusals.add(Refusal.invalid(
                    "sort", Shown.text(lower), "Supplied sort direction '" + Shown.text(lower) + "' is not valid."));
        }
        return new SortKey(name, lower.equals("desc"));
    }

    /** The page of all rows that is asked for. */
    public <T> Outcome<List<T>> page(List<T> all, Attributes<T> attributes) {
        List<T> rows = new ArrayList<>(
                all.stream().filter(row -> matches(row, attributes)).toList());
        rows.sort(order(attributes));
        int from = 0;
        int to = rows.size();
        if (marker != null) {
            int place = 0;
            while (place < rows.size() && !attributes.id(rows.get(place)).equals(marker)) {
                place++;
            }
            if (place == rows.size()) {
                return Outcome.refused(Refusal.invalid(
                        "marker",
                        Shown.text(marker),
                        "Supplied pagination marker '" + Shown.text(marker) + "' is not valid."));
            }
            from = reverse ? 0 : place + 1;
            to = reverse ? place : rows.size();
        }
        return Outcome.done(List.copyOf(
                reverse
                        ? rows.subList(Math.max(from, to - limit), to)
                        : rows.subList(from, Math.min(to, from + limit))));
    }

    /** Whether it is in the list at all, on whatever page. */
    public <T> boolean matches(T row, Attributes<T> attributes) {
        return tags.match(attributes.tags(row))
                && filters.entrySet().stream().allMatch(f -> matches(f.getValue(), attributes.value(row, f.getKey())));
    }

    private static boolean matches(String wanted, @Nullable Comparable<?> value) {
        if (value instanceof Boolean flag) {
            return wanted.equalsIgnoreCase(flag.toString()) || wanted.equals(flag ? "1" : "0");
        }
        return value == null
                ? wanted.isEmpty() || wanted.equals("None")
                : value.toString().equals(wanted);
    }

    private <T> Comparator<T> order(Attributes<T> attributes) {
        List<SortKey> keys = new ArrayList<>(sort);
        keys.add(new SortKey("created_at", false));
        keys.add(new SortKey("id", false));
        return (one, other) -> {
            for (SortKey key : keys) {
                int order = compare(attributes.value(one, key.attribute()), attributes.value(other, key.attribute()));
                if (order != 0) {
                    return key.descending() ? -order : order;
                }
            }
            return 0;
        };
    }

    /** Nothing comes first; values of one attribute are of one type. */
    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Comparable<?> one, @Nullable Comparable<?> other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return one instanceof Enum<?> || one instanceof String
                ? one.toString().compareTo(other.toString())
                : ((Comparable<Object>) one).compareTo(other);
    }
}
