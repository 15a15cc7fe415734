// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's routers, as far as the tests talk to them. */
interface RealRouter {
    /** Starts with this neighbour; a second start is a restart. */
    void start(Lab lab, Neighbour neighbour) throws IOException;

    /** What it has for a route: empty when nothing, else its next hop, origin and AS path among other words. */
    String route(Lab lab, String prefix) throws IOException, InterruptedException;

    /** Asks the neighbour to send everything again. */
    void askRefresh(Lab lab, Neighbour neighbour) throws IOException, InterruptedException;

    /** Signs with another key from now on. */
    void rekey(Lab lab, Neighbour neighbour) throws IOException, InterruptedException;

    /** The words in which it tells next hop, AS path and LOCAL_PREF. */
    String nextHop(String address);

    String asPath(int as);

    String localPreference(int value);

    /** FRRouting's bgpd alone: without zebra every next hop counts as reachable. */
    final class Frr implements RealRouter {
        @Override
        public void start(Lab lab, Neighbour n) throws IOException {
            String neighbour = " neighbor " + n.address() + " ";
            Path config = lab.directory.resolve("frr.conf");
            Files.writeString(
                    config,
                    "log file " + lab.directory + "/frr.log\nrouter bgp 65000\n bgp router-id 10.10.0.1\n"
                            + " no bgp ebgp-requires-policy\n no bgp default ipv4-unicast\n"
                            + neighbour + "remote-as " + n.as() + "\n"
                            + neighbour + "timers 3 9\n"
                            + neighbour + "timers connect 1\n"
                            + (n.password().isEmpty() ? "" : neighbour + "password " + n.password() + "\n")
                            + (n.guarded() ? neighbour + "ttl-security hops 1\n" : "")
                            + (n.multihop() ? neighbour + "ebgp-multihop 2\n" : "")
                            + neighbour + "update-source " + n.local() + "\n"
                            + (n.connects() ? "" : neighbour + "passive\n")
                            + " address-family ipv4 unicast\n " + neighbour + "activate\n exit-address-family\n"
                            + " address-family ipv6 unicast\n " + neighbour + "activate\n exit-address-family\n");
            lab.start(
                    lab.router,
                    "bgpd",
                    "/usr/lib/frr/bgpd",
                    "--skip_runas",
                    "--no_zebra",
                    "-A",
                    "127.0.0.1",
                    "-f",
                    config.toString(),
                    "-i",
                    lab.directory + "/bgpd.pid",
                    "--vty_socket",
                    lab.directory.toString());
        }

        private static String vtysh(Lab lab, String command) throws IOException, InterruptedException {
            return lab.ask(lab.router, "vtysh", "--vty_socket", lab.directory.toString(), "-d", "bgpd", "-c", command);
        }

        @Override
        public String route(Lab lab, String prefix) throws IOException, InterruptedException {
            String family = prefix.contains(":") ? "ipv6" : "ipv4";
            String said = vtysh(lab, "show bgp " + family + " unicast " + prefix);
            return said.contains("Paths:") ? said : "";
        }

        @Override
        public void askRefresh(Lab lab, Neighbour n) throws IOException, InterruptedException {
            vtysh(lab, "clear bgp ipv4 unicast " + n.address() + " soft in");
        }

        @Override
        public void rekey(Lab lab, Neighbour n) throws IOException, InterruptedException {
            lab.ask(
                    lab.router,
                    "vtysh",
                    "--vty_socket",
                    lab.directory.toString(),
                    "-d",
                    "bgpd",
                    "-c",
                    "configure terminal",
                    "-c",
                    "router bgp 65000",
                    "-c",
                    "neighbor " + n.address() + " password " + n.password());
        }

        @Override
        public String nextHop(String address) {
            return "    " + address;
        }

        @Override
        public String asPath(int as) {
            return as == Neighbour.ROUTER_AS ? "  Local\n" : "  " + as + "\n";
        }

        @Override
        public String localPreference(int value) {
            return "localpref " + value;
        }
    }

    /** BIRD 2. */
    final class Bird implements RealRouter {
        @Override
        public void start(Lab lab, Neighbour n) throws IOException {
            String config = configure(lab, n).toString();
            lab.start(lab.router, "bird", "bird", "-f", "-c", config, "-s", lab.directory + "/bird.ctl");
        }

        private static Path configure(Lab lab, Neighbour n) throws IOException {
            return Files.writeString(
                    lab.directory.resolve("bird.conf"),
                    "log \"" + lab.directory + "/bird.log\" all;\nrouter id 10.10.0.1;\nprotocol device {}\n"
                            + "protocol direct { ipv4; ipv6; }\nprotocol bgp distributor {\n  local " + n.local()
                            + " as 65000;\n  neighbor " + n.address() + " as " + n.as()
                            + ";\n  hold time 9;\n  connect delay time 1;\n  connect retry time 1;\n  debug { states };\n"
                            + (n.password().isEmpty() ? "" : "  password \"" + n.password() + "\";\n")
                            + (n.guarded() ? "  ttl security on;\n" : "")
                            + (n.multihop() ? "  multihop 2;\n" : "  direct;\n")
                            + (n.connects() ? "" : "  passive on;\n")
                            + "  ipv4 { import all; export none; gateway recursive; };\n"
                            + "  ipv6 { import all; export none; gateway recursive; };\n}\n");
        }

        @Override
        public void rekey(Lab lab, Neighbour n) throws IOException, InterruptedException {
            configure(lab, n);
            birdc(lab, "configure");
        }

        private static String birdc(Lab lab, String command) throws IOException, InterruptedException {
            return lab.ask(lab.router, "birdc", "-s", lab.directory + "/bird.ctl", command);
        }

        @Override
        public String route(Lab lab, String prefix) throws IOException, InterruptedException {
            String said = birdc(lab, "show route " + prefix + " all");
            return said.contains("BGP.next_hop") ? said : "";
        }

        @Override
        public void askRefresh(Lab lab, Neighbour n) throws IOException, InterruptedException {
            birdc(lab, "reload in distributor");
        }

        @Override
        public String nextHop(String address) {
            return "BGP.next_hop: " + address;
        }

        @Override
        public String asPath(int as) {
            return as == Neighbour.ROUTER_AS ? "BGP.as_path: \n" : "BGP.as_path: " + as + "\n";
        }

        @Override
        public String localPreference(int value) {
            return "BGP.local_pref: " + value;
        }
    }
}
