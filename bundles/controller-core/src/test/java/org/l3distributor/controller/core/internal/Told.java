// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A configuration as the container gives one: what was told, else the default; it throws at a number that is none. */
final class Told {
    private final Map<String, Object> values = new HashMap<>();

    Told with(String key, Object value) {
        values.put(key, value);
        return this;
    }

    ControllerConfig config() {
        return (ControllerConfig) Proxy.newProxyInstance(
                Told.class.getClassLoader(), new Class<?>[] {ControllerConfig.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        return ControllerConfig.class;
                    }
                    Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
                    Class<?> type = method.getReturnType();
                    if (value instanceof String text && type == int.class) {
                        return Integer.valueOf(text);
                    } else if (value instanceof String text && type == double.class) {
                        return Double.valueOf(text);
                    }
                    return value;
                });
    }
}
