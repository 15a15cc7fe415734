// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.l3distributor.compute.local.internal.Machine.Nic;
import org.l3distributor.compute.local.internal.Machine.Stage;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.DriveLayout;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Port;

/**
 * Machines that stand on disk, and a program that makes and ends them. What is to be done is written down before the program
 * is asked for it, and the program may be asked again: so a controller that died goes on when it opens the directory.
 */
final class LocalMachines implements ComputeDriver, AutoCloseable {
    private final MachineFiles files;
    private final Program program;
    private final Lanes lanes;
    private final int capacity;
    private final String failureDomain;
    private final MachineLog log = new MachineLog();

    /**
     * Opens a directory, and goes on with what was begun in it.
     *
     * @param capacity so many machines there may be
     * @param failureDomain what they all share: this host
     */
    LocalMachines(Path directory, Program program, int capacity, String failureDomain) throws IOException {
        files = new MachineFiles(directory);
        this.program = program;
        this.capacity = capacity;
        this.failureDomain = failureDomain;
        lanes = new Lanes(directory);
        for (Machine machine : files.list()) {
            if (machine.stage() == Stage.MAKING) {
                lanes.on(machine.amphoraId(), () -> started(machine.amphoraId()));
            } else if (machine.stage() == Stage.ENDING) {
                lanes.on(machine.amphoraId(), () -> ended(machine.amphoraId()));
            }
        }
    }

    @Override
    public CompletionStage<Outcome<Instance>> create(InstanceSpec spec) {
        String id = spec.amphoraId();
        CompletionStage<Outcome<Instance>> written = lanes.on(id, () -> written(spec));
        lanes.on(id, () -> started(id)); // behind it in the same lane, and after its answer
        return written;
    }

    private Outcome<Instance> written(InstanceSpec spec) throws IOException {
        String id = spec.amphoraId();
        Optional<Machine> known = files.find(id);
        if (known.isPresent() && known.get().stage() == Stage.ENDING) {
            ended(id);
            known = Optional.empty();
        }
        if (known.isPresent()) {
            return Outcome.done(instance(known.get()));
        }
        int there = files.list().size();
        if (there >= capacity) {
            return Outcome.refused(Refusal.conflict(
                    "amphora_id", id, "there is no room for it: " + there + " of " + capacity + " machines are there"));
        }
        Machine machine = new Machine(
                id,
                UUID.randomUUID().toString(),
                Stage.MAKING,
                failureDomain,
                spec.ports().stream().map(LocalMachines::nic).toList(),
                null);
        files.create(machine, DriveLayout.of(spec, machine.computeId()));
        return Outcome.done(instance(machine));
    }

    private static Nic nic(Port port) {
        return new Nic(
                port.id(),
                port.mac(),
                port.networkId(),
                port.addresses().stream().map(FixedIp::address).toList());
    }

    private Outcome<Boolean> started(String id) throws IOException {
        Optional<Machine> known = files.find(id);
        if (known.isEmpty() || known.get().stage() != Stage.MAKING) {
            return Outcome.done(false);
        }
        Machine machine = known.get();
        List<String> words = new ArrayList<>();
        machine.nics().forEach(nic -> words.addAll(nic.words()));
        long began = System.nanoTime();
        try {
            program.run("start", files.directory(id), words);
            files.replace(machine.at(Stage.MADE, null));
            log.started(machine, System.nanoTime() - began);
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                files.replace(machine.at(Stage.FAILED, String.valueOf(e.getMessage())));
                log.failed(machine, e);
            }
        }
        return Outcome.done(true);
    }

    @Override
    public CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId) {
        return lanes.look(() -> Outcome.done(files.find(amphoraId).map(this::instance)));
    }

    private Instance instance(Machine machine) {
        return machine.instance(Liveness.alive(files.directory(machine.amphoraId())));
    }

    @Override
    public CompletionStage<Outcome<Boolean>> delete(String amphoraId) {
        return lanes.on(amphoraId, () -> ended(amphoraId));
    }

    private Outcome<Boolean> ended(String id) throws IOException {
        Optional<Machine> known = files.find(id);
        if (known.isEmpty()) {
            return Outcome.done(false);
        }
        files.replace(known.get().at(Stage.ENDING, null));
        program.run("stop", files.directory(id), List.of());
        files.remove(id);
        log.ended(known.get());
        return Outcome.done(true);
    }

    @Override
    public CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port) {
        return changed(amphoraId, machine -> {
            if (machine.has(port.id())) {
                return machine;
            }
            Nic nic = nic(port);
            program.run("plug", files.directory(amphoraId), nic.words());
            List<Nic> nics = new ArrayList<>(machine.nics());
            nics.add(nic);
            return machine.with(nics);
        });
    }

    @Override
    public CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId) {
        return changed(amphoraId, machine -> {
            if (!machine.has(portId)) {
                return machine;
            }
            program.run("unplug", files.directory(amphoraId), List.of(portId));
            return machine.with(machine.nics().stream()
                    .filter(nic -> !nic.portId().equals(portId))
                    .toList());
        });
    }

    private interface Change {
        Machine of(Machine machine) throws IOException;
    }

    /** The program first, which may be asked again; then what stands. */
    private CompletionStage<Outcome<Instance>> changed(String id, Change change) {
        return lanes.on(id, () -> {
            Optional<Machine> known = files.find(id).filter(m -> m.stage() != Stage.ENDING);
            if (known.isEmpty()) {
                return Outcome.refused(Refusal.notFound("amphora_id", id, "there is no instance of this amphora"));
            }
            Machine next = change.of(known.get());
            if (!next.equals(known.get())) {
                files.replace(next);
            }
            return Outcome.done(instance(next));
        });
    }

    @Override
    public CompletionStage<Outcome<List<Instance>>> list() {
        return lanes.look(
                () -> Outcome.done(files.list().stream().map(this::instance).toList()));
    }

    @Override
    public void close() {
        lanes.close();
    }
}
