// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.json;

/** A body that isn't the JSON that it has to be. It never gives the body back. */
public final class BrokenJson extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String field;
    private final String rule;

    BrokenJson(String code, String field, String rule) {
        super(field.isEmpty() ? rule : field + ": " + rule, null, false, false);
        this.code = code;
        this.field = field;
        this.rule = rule;
    }

    /** {@code malformed_json} or {@code duplicate_key}. */
    public String code() {
        return code;
    }

    /** The key that is there twice, else "". */
    public String field() {
        return field;
    }

    /** What is wrong, and where, as a sentence. */
    public String rule() {
        return rule;
    }
}
