// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.tls;

import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Which amphora is expected at which address, and whether a certificate is that amphora's. */
public final class Identities {
    /** RFC 5280, 4.2.1.6: the kind of a subject alternative name that is a DNS name. */
    private static final int DNS = 2;

    private final Map<InetSocketAddress, String> expected = new ConcurrentHashMap<>();

    /**
     * From now on the amphora is expected at the address.
     *
     * @return false when another one was before: connections that were made to that one must not be used any more
     */
    public boolean expect(InetSocketAddress address, String amphoraId) {
        String before = expected.put(address, amphoraId);
        return before == null || before.equals(amphoraId);
    }

    /**
     * Checks the certificate of whoever answers at an address.
     *
     * @throws CertificateException when it names another amphora than the one that is expected there
     */
    void check(@Nullable String host, int port, X509Certificate certificate) throws CertificateException {
        String amphoraId = host == null ? null : expected.get(address(host, port));
        if (amphoraId == null) {
            throw new CertificateException("nobody is expected at " + host + " port " + port);
        }
        List<String> names = names(certificate);
        if (names.stream().noneMatch(amphoraId::equalsIgnoreCase)) {
            throw new CertificateException("the certificate names " + String.join(", ", names) + ", not amphora "
                    + amphoraId + " that was called");
        }
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(host, port); // a literal: whoever calls an amphora has its address
    }

    /** RFC 6125, 6.4.4: the subject's common name counts only where there is no DNS name. */
    private static List<String> names(X509Certificate certificate) throws CertificateException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (alternative.get(0).equals(DNS)) {
                names.add(String.valueOf(alternative.get(1)));
            }
        }
        return names.isEmpty() ? commonNames(certificate) : names;
    }

    private static List<String> commonNames(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
        } catch (InvalidNameException e) {
            throw new CertificateException("the certificate's subject can't be read", e);
        }
    }
}
