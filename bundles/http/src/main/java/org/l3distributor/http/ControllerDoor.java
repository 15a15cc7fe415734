// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http;

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

    private ControllerDoor() {}
}
