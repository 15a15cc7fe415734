// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DirectionsTest {
    private static final JavaClasses CLASSES = House.classes();

    @Test
    void everyClass_ofABundle_usesOnlyWhatThePlanAllows() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            String from = owner(one);
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("org.l3distributor.")) {
                    String to = owner(target);
                    if (!to.equals(from) && !House.PLAN.get(from).mayUse().contains(to)) {
                        wrong.add(from + " -> " + to + ": " + dependency.getDescription());
                    }
                }
            }
        }
        assertThat(wrong)
                .as("intent flows down, and nothing points back up: state comes back through listeners and snapshots")
                .isEmpty();
    }

    @Test
    void internalPackages_ofOneBundle_areNotUsedByAnother() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().matches("org\\.l3distributor\\..*\\.internal(\\..*)?")
                        && !owner(target).equals(owner(one))) {
                    wrong.add(dependency.getDescription());
                }
            }
        }
        assertThat(wrong).as("what isn't exported can't be seen at run time").isEmpty();
    }

    private static String owner(JavaClass one) {
        return House.PLAN.keySet().stream()
                .filter(bundle -> House.owns(bundle, one.getPackageName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(one.getName() + " lies in no bundle of the plan"));
    }
}
