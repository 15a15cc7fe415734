// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.roles.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureEvent;
import org.apache.karaf.features.FeaturesListener;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.RepositoryEvent;
import org.l3distributor.distributor.service.InstalledRoles;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Follows Karaf's features. Karaf keeps the new state before it starts a bundle and tells its listeners after that, so
 * that the first question is answered rightly and no change is missed.
 */
@Component(immediate = true, service = InstalledRoles.class)
public final class RolesComponent implements InstalledRoles, FeaturesListener {
    private static final String ROLE = "role-";

    private final FeaturesService features;
    private final RoleBook book;

    @Activate
    public RolesComponent(BundleContext context, @Reference FeaturesService features) {
        this.features = features;
        String data = context.getProperty("l3d.data");
        book = new RoleBook(
                () -> installed(features), new RolesFile(Path.of(data == null ? "." : data, "roles", "installed")));
        features.registerListener(this);
    }

    @Deactivate
    void close() {
        features.unregisterListener(this);
    }

    private static Set<String> installed(FeaturesService features) {
        try {
            return Arrays.stream(features.listInstalledFeatures())
                    .map(Feature::getName)
                    .filter(name -> name.startsWith(ROLE))
                    .map(name -> name.substring(ROLE.length()))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (Exception e) { // the signature of Karaf's method: reading a features repository may fail in any way
            throw new IllegalStateException("Karaf can't say which features are installed", e);
        }
    }

    @Override
    public Set<String> roles() {
        return book.roles();
    }

    @Override
    public AutoCloseable listen(Consumer<Set<String>> listener) {
        return book.listen(listener);
    }

    /** A replayed event tells what was so before; at a start the launcher's roles are the truth. */
    @Override
    public void featureEvent(FeatureEvent event) {
        if (!event.isReplay() && event.getFeature().getName().startsWith(ROLE)) {
            book.changed();
        }
    }

    @Override
    public void repositoryEvent(RepositoryEvent event) {
        // roles come with features alone
    }
}
