// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.ext.MessageBodyWriter;
import javax.ws.rs.ext.Provider;
import org.l3distributor.rest.internal.json.JsonText;

/** Writes a {@link JsonBody} in one piece, so that a small answer has a length and no chunks. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class JsonBodyWriter implements MessageBodyWriter<JsonBody> {
    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == JsonBody.class;
    }

    @Override
    public void writeTo(
            JsonBody body,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(JsonText.write(body.content().get()));
    }
}
