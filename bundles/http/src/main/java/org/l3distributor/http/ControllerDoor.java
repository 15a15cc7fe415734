// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http;

import java.util.regex.Pattern;

/**
 * The controller's port and the amphora's are two doors to one server. Requests that come through the controller's find
 * themselves below {@link #PREFIX}; through the amphora's nothing below it can be reached.
 */
public final class ControllerDoor {
    /** What stands before the path of every request that came through the controller's door. */
    public static final String PREFIX = "/controller";

    /** A request's attribute; it is {@link #PREFIX} when it came through the controller's door, whatever its path. */
    public static final String ATTRIBUTE = "org.l3distributor.http.door";

    /** The service property of {@link ApiAnswers} that says which API answers; none for the amphora's. */
    public static final String API = "l3distributor.api";

    /** The value of {@link #API} for the controller's. */
    public static final String CONTROLLER = "controller";

    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern OLD = Pattern.compile("^/v2\\.0(?=/|$)");

    private ControllerDoor() {}

    /**
     * Where a path, encoded or decoded, leads inside: below {@link #PREFIX}, and all spellings that clients have for a path to
     * one place: several slashes are one, one at the end is none, and {@code /v2.0} is {@code /v2}.
     */
    public static String inside(String path) {
        String plain = SLASHES.matcher(path).replaceAll("/");
        plain = OLD.matcher(plain).replaceFirst("/v2");
        boolean slashed = plain.endsWith("/") && plain.length() > 1;
        return PREFIX + (slashed ? plain.substring(0, plain.length() - 1) : plain);
    }
}
