// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.http.AllowedClients;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.resource.Ports;

class AllowedClientsTest {
    /** O=cloud, CN=controller. */
    private static X509Certificate[] controller() throws Exception {
        try (InputStream pem = AllowedClientsTest.class.getResourceAsStream("/client.pem")) {
            return new X509Certificate[] {
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem)
            };
        }
    }

    @Test
    void emptyList_allowsWhoeverTlsLetIn() throws Exception {
        assertThat(new AllowedClients(List.of()).allows(null)).isTrue();
        assertThat(new AllowedClients(List.of()).allows(controller())).isTrue();
    }

    @Test
    void commonName_onTheList_isAllowed() throws Exception {
        assertThat(new AllowedClients(List.of("controller")).allows(controller()))
                .isTrue();
        assertThat(new AllowedClients(List.of("other", "contr")).allows(controller()))
                .isFalse();
    }

    @Test
    void subject_onTheList_isAllowedHoweverItIsSpaced() throws Exception {
        assertThat(new AllowedClients(List.of("cn=controller, o=Cloud")).allows(controller()))
                .isTrue();
        assertThat(new AllowedClients(List.of("CN=controller,O=other")).allows(controller()))
                .isFalse();
    }

    @Test
    void noCertificate_withAList_isRefused() {
        assertThat(new AllowedClients(List.of("controller")).allows(null)).isFalse();
    }

    @Test
    void brokenSubject_isSaidAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AllowedClients(List.of("controller=,=")));
    }

    @Test
    void distributorCalls_withAListAndNoCertificate_are403AndOthersGoOn() throws Exception {
        try (Api api = new Api("controller")) {
            Api.Answer answer = api.get("/1.0/distributor/peers");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().get("code").textValue()).isEqualTo("forbidden");
            assertThat(api.get("/1.0;a=b/distributor/%70eers").status()).isIn(403, 404);
            assertThat(api.get("/1.0/info").status()).isEqualTo(200);
        }
    }

    @Test
    void everyResource_ofTheExtendedApi_isGuarded() {
        HostFacts host = new HostFacts(Path.of("/proc"), Path.of("."), "0");
        for (Object one : Singletons.of(new Ports(), host, new AllowedClients(List.of()))) {
            javax.ws.rs.Path path = one.getClass().getAnnotation(javax.ws.rs.Path.class);
            Class<? extends Annotation> guard = Guarded.class;
            if (path != null && path.value().startsWith("/1.0/distributor")) {
                assertThat(one.getClass().isAnnotationPresent(guard))
                        .as(one.getClass().getName())
                        .isTrue();
            }
        }
    }
}
