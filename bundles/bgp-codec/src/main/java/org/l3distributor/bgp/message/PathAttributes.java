// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path attributes of an UPDATE, each type at most once, in the order of the wire.
 *
 * @param list the attributes
 */
public record PathAttributes(List<PathAttribute> list) {
    public static final PathAttributes NONE = new PathAttributes(List.of());

    public PathAttributes {
        list = List.copyOf(list);
        Set<Integer> seen = new HashSet<>();
        for (PathAttribute attribute : list) {
            if (!seen.add(attribute.typeCode())) {
                throw new IllegalArgumentException("path attribute " + attribute.typeCode() + " occurs twice");
            }
        }
    }

    public static PathAttributes of(PathAttribute... attributes) {
        return new PathAttributes(Arrays.asList(attributes));
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The attribute of a kind; for {@link PathAttribute.UnknownAttribute} the first. */
    public <T extends PathAttribute> Optional<T> find(Class<T> kind) {
        return list.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
