// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.pem.Pem;

/** Replaces the listener's certificate and key in the place where they lie. The listener sees the file change. */
final class ServerCertificate {
    private ServerCertificate() {}

    static Reply<Reply.Ok> replace(@Nullable HttpSettings http, byte[] pem) {
        if (http == null) {
            return Reply.refused(Reply.Kind.FAILED, null, "there is no listener whose certificate it could be");
        }
        try {
            List<X509Certificate> chain = Pem.certificates(pem);
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("holds no certificate");
            }
            Pem.prove(Pem.privateKey(pem), chain.get(0).getPublicKey());
            Durable.replace(http.serverCertificate(), pem);
            ConfigLog.certificate(http.serverCertificate());
            return Reply.ok();
        } catch (GeneralSecurityException e) {
            return Reply.refused(Reply.Kind.INVALID, null, "the PEM text " + words(e));
        } catch (IOException e) {
            return Reply.refused(Reply.Kind.FAILED, null, "it can't be kept, and nothing was changed: " + e);
        }
    }

    private static String words(GeneralSecurityException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("holds") ? message : "can't be used: " + message;
    }
}
