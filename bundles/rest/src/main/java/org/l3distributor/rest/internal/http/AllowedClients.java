// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Which client certificates may use /1.0/distributor. TLS has already refused what no trusted authority signed; this
 * narrows it down to named subjects.
 */
public final class AllowedClients {
    private final Set<X500Principal> subjects = new LinkedHashSet<>();
    private final Set<String> commonNames = new LinkedHashSet<>();

    /**
     * @param names whole subjects ("CN=controller,O=cloud", RFC 2253) or bare common names; empty = every client
     * @throws IllegalArgumentException when a name with a '=' is no subject
     */
    public AllowedClients(List<String> names) {
        for (String name : names) {
            if (name.indexOf('=') >= 0) {
                subjects.add(new X500Principal(name));
            } else if (!name.isBlank()) {
                commonNames.add(name.strip());
            }
        }
    }

    /** True when the first certificate of the chain is that of an allowed client. */
    public boolean allows(X509Certificate @Nullable [] chain) {
        if (subjects.isEmpty() && commonNames.isEmpty()) {
            return true;
        }
        if (chain == null || chain.length == 0) {
            return false;
        }
        X500Principal subject = chain[0].getSubjectX500Principal();
        return subjects.contains(subject) || commonNames(subject).stream().anyMatch(commonNames::contains);
    }

    /** The subject as it is shown to the refused. */
    static String shown(X509Certificate @Nullable [] chain) {
        return chain == null || chain.length == 0
                ? "none"
                : chain[0].getSubjectX500Principal().getName();
    }

    private static List<String> commonNames(X500Principal subject) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(subject.getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("the certificate's subject can't be read: " + subject, e);
        }
        return names;
    }
}
