// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The container's own shell with all commands of a bundle, over ports that a test gives it. */
public final class Shell implements AutoCloseable {
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Map<Class<?>, List<Object>> ports = new HashMap<>();
    private final RegistryImpl services;
    private final SessionFactoryImpl factory;
    private final Session session;

    /** @param one any command; all of its package are there */
    public Shell(Class<?> one) {
        threads.start();
        factory = new SessionFactoryImpl(threads);
        services = new RegistryImpl(factory.getRegistry());
        services.register(context());
        ManagerImpl manager = new ManagerImpl(services, factory.getRegistry());
        commands(one).forEach(manager::register);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = factory.create(new ByteArrayInputStream(new byte[0]), out, out);
    }

    public <T> Shell with(Class<T> port, T service) {
        ports.computeIfAbsent(port, p -> new ArrayList<>()).add(service);
        return this;
    }

    public void withoutPorts() {
        ports.clear();
    }

    /** What the command prints, without the last line's end. */
    public String run(String line) throws Exception {
        printed.reset();
        Object returned = session.execute(line);
        if (returned != null) {
            throw new AssertionError("a command returns nothing, or a remote call shows it twice: " + returned);
        }
        return printed.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** What a command prints that then ends with a status other than 0, and the reason that it gives for that. */
    public record Ended(String printed, String reason) {}

    public Ended runToItsEnd(String line) {
        printed.reset();
        try {
            throw new AssertionError(line + " ended well, with " + session.execute(line));
        } catch (Exception e) {
            return new Ended(printed.toString(StandardCharsets.UTF_8).stripTrailing(), e.getMessage());
        }
    }

    public List<String> complete(Class<? extends Completer> completer, String start) throws Exception {
        List<String> candidates = new ArrayList<>();
        Completer made = new ManagerImpl(services, services).instantiate(completer);
        made.complete(
                session,
                new CommandLineImpl(new String[] {start}, 0, start.length(), start.length(), start),
                candidates);
        return candidates.stream().map(String::strip).toList();
    }

    /** As the extender finds them: every class of the package that is a service. */
    public static List<Class<?>> commands(Class<?> one) {
        Path folder = Path.of("target/classes", one.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".class") && !n.equals("package-info.class"))
                    .<Class<?>>map(n -> load(one.getPackageName(), n.substring(0, n.length() - ".class".length())))
                    .filter(c -> c.isAnnotationPresent(Service.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String in, String name) {
        try {
            return Class.forName(in + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private BundleContext context() {
        Map<Object, Object> references = new HashMap<>();
        return proxy(BundleContext.class, (method, args) -> switch (method) {
            case "getServiceReference" ->
                references((Class<?>) args[0], references).stream().findFirst().orElse(null);
            case "getServiceReferences" -> references((Class<?>) args[0], references);
            case "getService" -> references.get(args[0]);
            case "ungetService" -> references.remove(args[0]) != null;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private List<ServiceReference<?>> references(Class<?> port, Map<Object, Object> references) {
        List<ServiceReference<?>> found = new ArrayList<>();
        for (Object service : ports.getOrDefault(port, List.of())) {
            ServiceReference<?> reference = proxy(ServiceReference.class, (method, args) -> {
                throw new UnsupportedOperationException(method);
            });
            references.put(reference, service);
            found.add(reference);
        }
        return found;
    }

    private interface Answer {
        Object to(String method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == args[0];
                    case "toString" -> type.getSimpleName();
                    default -> answer.to(method.getName(), args);
                }));
    }

    @Override
    public void close() {
        session.close();
        factory.stop();
        threads.stop();
    }
}
