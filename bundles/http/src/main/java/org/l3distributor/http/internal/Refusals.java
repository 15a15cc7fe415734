// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

/** What is answered for bodies that never reach the API; in the form of the API's errors. */
final class Refusals {
    private Refusals() {}

    static String body(int status) {
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
