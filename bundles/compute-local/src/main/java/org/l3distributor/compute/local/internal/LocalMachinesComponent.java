// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes the driver of this host's machines, once it is told which program makes them. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.compute.local",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LocalMachinesComponent.Config.class)
public final class LocalMachinesComponent {
    /** Configuration, PID org.l3distributor.compute.local. */
    @ObjectClassDefinition(name = "L3 Distributor machines of this host")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "The program that makes machines, an absolute path, and its first arguments, between blanks.")
        String command();

        @AttributeDefinition(description = "Directory, an absolute path, in which each machine has one of its own.")
        String directory();

        @AttributeDefinition(description = "How many machines there may be, 1..1000.")
        int capacity() default 16;

        @AttributeDefinition(description = "What fails as a whole with these machines: this host's name.")
        String failureDomain() default "";

        @AttributeDefinition(description = "Seconds that the program may take, 1..600.")
        int patience() default 60;
    }

    private final LocalMachines machines;
    private final ServiceRegistration<ComputeDriver> registration;

    @Activate
    public LocalMachinesComponent(BundleContext context, Config config) throws IOException {
        List<String> command = Arrays.asList(config.command().strip().split(" +"));
        absolute("command", command.get(0));
        Program program = new Program(command, Duration.ofSeconds(within("patience", config.patience(), 1, 600)));
        machines = new LocalMachines(
                absolute("directory", config.directory()),
                program,
                within("capacity", config.capacity(), 1, 1_000),
                config.failureDomain());
        registration = context.registerService(
                ComputeDriver.class, machines, FrameworkUtil.asDictionary(Map.of(ComputeDriver.TYPE, "local")));
    }

    private static Path absolute(String name, String value) {
        Path path = Path.of(value);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "org.l3distributor.compute.local: " + name + " must be an absolute path, not " + value);
        }
        return path;
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "org.l3distributor.compute.local: " + name + " must be " + least + ".." + most + ", got " + value);
        }
        return value;
    }

    @Deactivate
    public void close() {
        registration.unregister();
        machines.close();
    }
}
