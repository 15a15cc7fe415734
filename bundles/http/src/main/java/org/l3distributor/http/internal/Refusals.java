// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import org.l3distributor.http.ControllerDoor;

/** What is answered for bodies that never reach an API; in the form of that API's errors. */
final class Refusals {
    private static final String EXTENDED = "/1.0/distributor";

    private Refusals() {}

    /**
     * The status for a path. Octavia's client takes 413 and 408 for success, and tries no call again for a 503: in its
     * part of the API they are 400 and 500.
     */
    static int status(int status, String path) {
        return isExtended(path) || isControllers(path) ? status : status == 503 ? 500 : 400;
    }

    private static boolean isExtended(String path) {
        return path.equals(EXTENDED) || path.startsWith(EXTENDED + "/");
    }

    private static boolean isControllers(String path) {
        return path.startsWith(ControllerDoor.PREFIX + "/");
    }

    static String body(int status, String path) {
        return isControllers(path) ? octavias(status) : ours(status);
    }

    private static String octavias(int status) {
        String text = switch (status) {
            case 413 -> "The body is longer than " + Intake.LIMIT + " bytes";
            case 408 -> "The body didn't come within " + Intake.PATIENCE_MILLIS / 1000 + " s; nothing was changed";
            default -> "Other long bodies are being worked on; nothing was changed, try again";
        };
        return "{\"faultcode\":\"Client\",\"faultstring\":\"" + text + "\",\"debuginfo\":null}";
    }

    private static String ours(int status) {
        return switch (status) {
            case 413 ->
                text(
                        "Body too large",
                        "too_large",
                        "the body is longer than " + Intake.LIMIT + " bytes; send it in parts");
            case 408 ->
                text(
                        "Request timeout",
                        "timeout",
                        "the body didn't come within " + Intake.PATIENCE_MILLIS / 1000 + " s; nothing was changed");
            default ->
                text("Not ready", "busy", "other long bodies are being worked on; nothing was changed, try again");
        };
    }

    private static String text(String message, String code, String rule) {
        String fault = "\"code\":\"" + code + "\",\"field\":\"\",\"value\":null,\"rule\":\"" + rule + "\"";
        return "{\"message\":\"" + message + "\",\"details\":\"" + rule + "\"," + fault + ",\"errors\":[{" + fault
                + "}]}";
    }
}
