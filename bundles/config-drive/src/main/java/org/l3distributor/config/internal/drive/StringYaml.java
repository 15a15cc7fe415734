// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import org.l3distributor.config.internal.image.Volume;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML, and with it JSON, as maps, lists, strings and (tagged {@code !!binary}) bytes. No scalar is guessed to be a
 * number, a date or a truth value.
 */
final class StringYaml {
    private static final int DEEPEST = 32;
    private static final int MOST_ALIASES = 16;

    private StringYaml() {}

    /** Why a text isn't YAML; never quotes the text, which may hold keys. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    static Object parse(String text) throws Malformed {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(Volume.MAX_FILE);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new NoGuesses());
        try {
            Object read = yaml.load(text);
            return read == null ? "" : read;
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : "line " + (e.getProblemMark().getLine() + 1) + ": ";
            throw new Malformed(where + e.getProblem());
        } catch (YAMLException e) {
            throw new Malformed("it can't be read as text: " + e.getClass().getSimpleName());
        }
    }

    private static final class NoGuesses extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // every plain scalar stays the string that it is
        }
    }
}
