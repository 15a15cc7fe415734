// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** Decisions are pure: time comes in with the event, and what is to be done goes out as a value. */
class PurityTest {
    private static final JavaClasses CLASSES = House.classes();

    private static final String[] PURE = {
        "org.l3distributor.net..",
        "org.l3distributor.heartbeat..",
        "org.l3distributor.bgp.message..",
        "org.l3distributor.bgp.codec..",
        "org.l3distributor.bgp.speaker.internal.fsm..",
        "org.l3distributor.bgp.speaker.internal.rib..",
        "org.l3distributor.client.internal.retry..",
        "org.l3distributor.controller.core.internal.flow..",
        "org.l3distributor.controller.core.internal.haproxy..",
        "org.l3distributor.controller.core.internal.health..",
        "org.l3distributor.driver.l3bgp.internal.place..",
        "org.l3distributor.distributor.profile..",
        "org.l3distributor.distributor.model.."
    };

    @Test
    void purePackages_haveNoThreadsSocketsFilesOrLogs() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "io.netty.channel..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .because("a machine that does I/O can't be tested in every state")
                .check(CLASSES);
    }

    @Test
    void purePackages_neverAskForTheTime() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time is a parameter")
                .check(CLASSES);
    }

    @Test
    void noClass_sleepsInPlaceOfACondition() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a sleep is a race that hasn't been lost yet")
                .check(CLASSES);
    }
}
