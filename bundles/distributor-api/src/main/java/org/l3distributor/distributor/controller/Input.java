// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * Reads what a user sent, field by field, and collects what is wrong with it, in the words of WSME, by which Octavia reads.
 * Values are those of JSON: texts, whole and other numbers, booleans, lists, maps, null. As Octavia does, it takes a text of
 * digits for a number and "true" for true, because Octavia's client sends such; nothing else is converted.
 */
final class Input {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    /** Longest text of an address or a prefix. */
    private static final int LONGEST_ADDRESS = 49;

    private static final int MOST_TAGS = 50;

    private final Map<?, ?> fields;
    private final List<Refusal> refusals;

    private Input(Map<?, ?> fields, List<Refusal> refusals) {
        this.fields = fields;
        this.refusals = refusals;
    }

    /**
     * Opens a body such as {@code {"pool": {...}}}.
     *
     * @param argument what WSME calls the body
     * @param root the one field of the body
     * @param known the fields that the object may have
     */
    static Input open(Map<?, ?> body, String argument, String root, Set<String> known) {
        List<Refusal> refusals = new ArrayList<>();
        Input outer = new Input(body, refusals);
        outer.only(argument, Set.of(root));
        Object inner = body.get(root);
        if (inner instanceof Map<?, ?> map) {
            Input input = new Input(map, refusals);
            input.only(argument + "." + root, known);
            return input;
        }
        outer.refuse(
                root, inner, inner == null ? "Mandatory field missing." : "Value not a valid dict: " + shown(inner));
        return new Input(Map.of(), refusals);
    }

    /** An object within this one. */
    Input within(Map<?, ?> inner, String argument, Set<String> known) {
        Input input = new Input(inner, refusals);
        input.only(argument, known);
        return input;
    }

    private void only(String argument, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        for (Object name : fields.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                unknown.add(Shown.text(String.valueOf(name)));
            }
        }
        if (!unknown.isEmpty()) {
            refusals.add(Refusal.invalid(
                    unknown.iterator().next(),
                    null,
                    "Unknown attribute" + (unknown.size() > 1 ? "s" : "") + " for argument " + argument + ": "
                            + String.join(", ", unknown)));
        }
    }

    /** The result, unless something is wrong. */
    <T> Outcome<T> result(Function<Input, T> made) {
        if (!refusals.isEmpty()) {
            return Outcome.refused(refusals);
        }
        T value = made.apply(this);
        return refusals.isEmpty() ? Outcome.done(value) : Outcome.refused(refusals);
    }

    boolean isEmpty(String name) {
        return "".equals(fields.get(name));
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The value, shown, unless it is null. */
    void ifGiven(String name, Consumer<String> then) {
        Object value = fields.get(name);
        if (value != null) {
            then.accept(shown(value));
        }
    }

    /** Says what else is wrong. */
    void add(Refusal refusal) {
        refusals.add(refusal);
    }

    void refuse(String name, @Nullable Object value, String words) {
        refusals.add(Refusal.invalid(
                name,
                value == null ? null : shown(value),
                "Invalid input for field/attribute " + name + ". Value: '" + shown(value) + "'. " + words));
    }

    /** For a field that must be there. */
    void required(String name) {
        if (fields.get(name) == null) {
            refuse(name, null, "Mandatory field missing.");
        }
    }

    /** For a field of a change that no null can take away. */
    void requiredOption(String name) {
        if (fields.get(name) == null) {
            refusals.add(Words.option(name, "None", name));
        }
    }

    /** A change of a field that has a default, which a null brings back. */
    <T> Change<T> change(String name, Function<String, @Nullable T> reader, T otherwise) {
        if (!has(name)) {
            return Change.keep();
        }
        T value = reader.apply(name);
        return Change.to(value == null ? otherwise : value);
    }

    /** A change of a field that a null takes away. */
    <T> Change<T> removal(String name, Function<String, @Nullable T> reader) {
        return has(name) ? Change.to(reader.apply(name)) : Change.keep();
    }

    @Nullable
    String text(String name, int longest) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            refuse(name, value, "Value should be string");
            return null;
        }
        if (text.codePointCount(0, text.length()) > longest) {
            refuse(name, value, "Value should have a maximum character requirement of " + longest);
            return null;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            refuse(name, value, "Value should not contain control characters");
            return null;
        }
        return text;
    }

    @Nullable
    String text(String name) {
        return text(name, 255);
    }

    /** @param words said of a text that doesn't match, and of what isn't a text when {@code always} */
    @Nullable
    String matching(String name, Pattern pattern, String words, boolean always) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            refuse(name, value, always ? words : "Value should be string");
            return null;
        }
        if (text.length() > 255 || !pattern.matcher(text).matches()) {
            refuse(name, text, words);
            return null;
        }
        return text;
    }

    /** A UUID with or without dashes, made to one with dashes. */
    @Nullable
    String uuid(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        String lower = value instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
        if (!UUID.matcher(lower).matches()) {
            refuse(name, value, "Value should be UUID format");
            return null;
        }
        String plain = lower.replace("-", "");
        return plain.substring(0, 8) + "-" + plain.substring(8, 12) + "-" + plain.substring(12, 16) + "-"
                + plain.substring(16, 20) + "-" + plain.substring(20);
    }

    /** A text, a whole number, a boolean or a list of texts, as a file would have it. */
    @Nullable
    String written(String name) {
        Object value = fields.get(name);
        if (value instanceof List<?>) {
            List<String> texts = texts(name, 255);
            boolean apart = texts != null && texts.stream().noneMatch(t -> t.indexOf(',') >= 0);
            if (texts != null && !apart) {
                refuse(name, value, "Value should be a list of words without commas");
            }
            return apart ? String.join(", ", texts) : null;
        }
        if (value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof Boolean) {
            return value.toString();
        }
        return text(name);
    }

    @Nullable
    Boolean flag(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        String word = value instanceof String || value instanceof Number
                ? value.toString().strip().toLowerCase(Locale.ROOT)
                : "";
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        refuse(name, value, "Value not an unambiguous boolean: " + shown(value));
        return null;
    }

    @Nullable
    Integer whole(String name, int least, int most) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        boolean readable = value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || (value instanceof String text && WHOLE.matcher(text.strip()).matches());
        if (!readable) {
            refuse(name, value, "Value should be an integer");
            return null;
        }
        BigInteger number = new BigInteger(value.toString().strip().replaceFirst("^\\+", ""));
        if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            refuse(name, value, "Value should be greater or equal to " + least);
            return null;
        }
        if (number.compareTo(BigInteger.valueOf(most)) > 0) {
            refuse(name, value, "Value should be lower or equal to " + most);
            return null;
        }
        return number.intValueExact();
    }

    /** One of the words; those that Octavia knows and we don't support are refused as that. */
    <T> @Nullable T word(String name, Map<String, T> supported, List<String> unsupported) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        String word = value instanceof String text ? text : "";
        T found = supported.get(word);
        if (found != null) {
            return found;
        }
        if (unsupported.contains(word)) {
            refusals.add(Words.unsupported(name, word));
        } else {
            List<String> all = new ArrayList<>(supported.keySet());
            all.addAll(unsupported);
            refuse(name, value, "Value should be one of: " + String.join(", ", all));
        }
        return null;
    }

    /** The number of an HTTP version, which Octavia takes as a number or a text. */
    @Nullable
    String httpVersion(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        Object shown = value;
        if (value instanceof Number || value instanceof String) {
            try {
                BigDecimal number = new BigDecimal(value.toString().strip());
                if (number.compareTo(BigDecimal.ONE) == 0) {
                    return "1.0";
                }
                if (number.compareTo(new BigDecimal("1.1")) == 0) {
                    return "1.1";
                }
                shown = number.scale() <= 0 && number.precision() < 20 ? number.toBigInteger() + ".0" : value;
            } catch (NumberFormatException e) {
                shown = value;
            }
        }
        refuse(name, shown, "Value should be one of: 1.0, 1.1");
        return null;
    }

    @Nullable
    IpAddress address(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= LONGEST_ADDRESS) {
            try {
                return IpAddress.parse(text);
            } catch (IllegalArgumentException e) {
                refuse(name, value, "Value should be IPv4 or IPv6 format");
                return null;
            }
        }
        refuse(name, value, "Value should be IPv4 or IPv6 format");
        return null;
    }

    @Nullable
    IpPrefix prefix(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        IpPrefix prefix = value instanceof String text && text.length() <= LONGEST_ADDRESS ? parse(text) : null;
        if (prefix == null) {
            refuse(name, value, "Value should be IPv4 or IPv6 CIDR format");
        }
        return prefix;
    }

    @Nullable
    List<IpPrefix> prefixes(String name) {
        List<String> texts = texts(name, LONGEST_ADDRESS);
        if (texts == null) {
            return null;
        }
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : texts) {
            IpPrefix prefix = parse(text);
            if (prefix == null) {
                refuse(name, text, "Value should be IPv4 or IPv6 CIDR format");
            } else if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    /** Bits behind the length are cut off, an address alone is a host; both as Octavia does. */
    private static @Nullable IpPrefix parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash < 0) {
                return IpPrefix.host(IpAddress.parse(text));
            }
            IpAddress address = IpAddress.parse(text.substring(0, slash));
            int length = Integer.parseInt(text.substring(slash + 1));
            return length < 0 || length > address.family().bits() ? null : new IpPrefix(address.masked(length), length);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Nullable
    List<String> texts(String name, int longest) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            refuse(name, value, "Value not a valid list: " + shown(value));
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            Input one = new Input(singleton(name, item), refusals);
            if (item == null) {
                refuse(name, null, "Value should be string");
            }
            String text = one.text(name, longest);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static Map<String, Object> singleton(String name, @Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    /** Tags: each once, in the user's order. */
    @Nullable
    List<String> tags(String name) {
        List<String> tags = texts(name, 255);
        if (tags != null && tags.size() > MOST_TAGS) {
            refuse(name, tags.size() + " tags", "Value should have at most " + MOST_TAGS + " tags");
            return null;
        }
        return tags == null ? null : tags.stream().distinct().toList();
    }

    /** The objects of a list. */
    @Nullable
    List<Map<?, ?>> objects(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            refuse(name, value, "Value not a valid list: " + shown(value));
            return null;
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof Map<?, ?> map) {
                objects.add(map);
            } else {
                refuse(name, item, "Value not a valid dict: " + shown(item));
            }
        }
        return objects;
    }

    @Nullable
    Map<?, ?> object(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof Map<?, ?>) {
            return (Map<?, ?>) value;
        }
        refuse(name, value, "Value not a valid dict: " + shown(value));
        return null;
    }

    /** As Python shows it, since that is what Octavia's users know; bounded. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return Shown.text(value.toString());
    }
}
