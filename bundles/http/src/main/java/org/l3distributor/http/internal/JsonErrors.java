// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** Says what never reaches a resource (a broken request line, headers too long, no servlet) in JSON, in the form that Octavia's agent uses. */
final class JsonErrors extends ErrorHandler {
    private static final String JSON = "application/json";

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateAcceptableResponse(
            Request base,
            HttpServletRequest request,
            HttpServletResponse response,
            int code,
            @Nullable String message,
            String contentType)
            throws IOException {
        response.setContentType(JSON);
        base.setHandled(true);
        Writer writer = response.getWriter();
        writer.write(body(code, message));
        writer.close();
    }

    @Override
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields fields) {
        fields.put(HttpHeader.CONTENT_TYPE, JSON);
        return ByteBuffer.wrap(body(status, reason).getBytes(StandardCharsets.UTF_8));
    }

    /** Jetty's own words; those of a failure inside, which may tell of anything, stay inside. */
    private static String body(int status, @Nullable String reason) {
        String name = status + " " + HttpStatus.getMessage(status);
        String words = status >= 500 || reason == null || reason.isBlank() ? name : name + ": " + reason;
        return "{\"error\":\"" + escaped(words) + "\",\"http_code\":" + status + "}";
    }

    private static String escaped(String words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
