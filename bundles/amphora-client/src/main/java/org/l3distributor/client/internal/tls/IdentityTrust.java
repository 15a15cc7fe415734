// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts whom the authority has certified, if the certificate is that of the amphora which is expected at the address.
 * Octavia certifies an amphora by its id, never by its address, so the usual check of host names can't be used.
 */
final class IdentityTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;
    private final Identities identities;

    IdentityTrust(X509TrustManager chains, Identities identities) {
        this.chains = chains;
        this.identities = identities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType);
        identities.check(engine.getPeerHost(), engine.getPeerPort(), chain[0]);
    }

    /** Without knowing who was called there is nobody to trust. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw unknown();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unknown();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw unknown();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unknown();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw unknown();
    }

    private static CertificateException unknown() {
        return new CertificateException("this side calls amphorae, and checks nothing else");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
