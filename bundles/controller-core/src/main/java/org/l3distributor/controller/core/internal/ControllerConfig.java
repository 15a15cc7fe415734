// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, PID org.l3distributor.controller. */
@ObjectClassDefinition(name = "L3 Distributor controller")
public @interface ControllerConfig {
    @AttributeDefinition(
            description =
                    "This controller's name among those of one database, at most 64 characters; empty: one is made,"
                            + " and kept in the data directory.")
    String controllerId() default "";

    @AttributeDefinition(description = "Id of the distributor that leads traffic to new load balancers.")
    String distributorId();

    @AttributeDefinition(description = "That distributor's type.")
    String distributorType() default "L3_BGP";

    @AttributeDefinition(description = "Who makes amphorae: the compute.type of a compute driver.")
    String computeType();

    @AttributeDefinition(description = "How many amphorae a load balancer has, 1..64: one more than it needs.")
    int amphorae() default 4;

    @AttributeDefinition(description = "Id of the network on which amphorae are managed.")
    String managementNetwork();

    @AttributeDefinition(description = "Id of the subnet on which amphorae are managed.")
    String managementSubnet();

    @AttributeDefinition(
            description =
                    "Id of the network by which dedicated speakers reach their routers; empty: the management one.")
    String speakerNetwork() default "";

    @AttributeDefinition(description = "Id of that network's subnet.")
    String speakerSubnet() default "";

    @AttributeDefinition(description = "Port of the amphorae's API, 1..65535.")
    int amphoraPort() default 9443;

    @AttributeDefinition(description = "Address on which heartbeats come in.")
    String heartbeatHost();

    @AttributeDefinition(description = "UDP port on which heartbeats come in, 0..65535; 0: any that is free.")
    int heartbeatPort() default 5555;

    @AttributeDefinition(
            description = "Where amphorae send heartbeats: IP:PORT, [IP6]:PORT of every controller; empty: here.")
    String heartbeatControllers() default "";

    @AttributeDefinition(description = "File with the key that heartbeats are signed with.")
    String heartbeatKeyFile();

    @AttributeDefinition(description = "Seconds between two heartbeats of an amphora, 1..3600.")
    int heartbeatInterval() default 10;

    @AttributeDefinition(description = "Seconds without a heartbeat after which an amphora is replaced.")
    int heartbeatTimeout() default 60;

    @AttributeDefinition(
            description =
                    "Seconds, from heartbeatInterval on: where more than 3 amphorae, and more than a fifth of all, fall silent within"
                            + " them, it's taken for the network's fault, and none of these is declared dead.")
    int massFailureWindow() default 300;

    @AttributeDefinition(
            description =
                    "Seconds after which one of them is declared dead all the same, and the next when another serves in its"
                            + " place, 0..2592000; 0: never.")
    int massFailurePatience() default 900;

    @AttributeDefinition(description = "Part of a VIP's members that may be taken out within the window.")
    double withdrawalShare() default 0.5;

    @AttributeDefinition(description = "Seconds of that window, 1..86400.")
    int withdrawalWindow() default 60;

    @AttributeDefinition(description = "PEM file with the authority that certifies amphorae.")
    String serverAuthority();

    @AttributeDefinition(description = "PEM file with that authority's RSA key.")
    String serverAuthorityKey();

    @AttributeDefinition(description = "Days for which an amphora's certificate is good, 1..3650.")
    int certificateDays() default 30;

    @AttributeDefinition(
            description =
                    "Seconds for which a machine must have been unknown to the database before it is removed, 60..2592000.")
    int sweepGrace() default 3600;

    @AttributeDefinition(description = "PEM file with the authority of the controllers' own certificates.")
    String clientAuthority();

    @AttributeDefinition(description = "File with the password of BGP sessions with auth_type = md5; empty: none.")
    String md5PasswordFile() default "";

    @AttributeDefinition(description = "Tasks that are worked on at once, 1..256; four more may replace dead amphorae.")
    int threads() default 16;

    @AttributeDefinition(description = "Seconds that connections are given at most before an amphora goes, 0..3600.")
    int grace() default 30;
}
