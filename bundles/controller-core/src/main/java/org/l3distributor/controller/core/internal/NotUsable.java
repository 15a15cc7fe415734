// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.util.List;

/** A controller can't run as it is configured; each reason names its key. */
final class NotUsable extends Exception {
    private static final long serialVersionUID = 1;

    NotUsable(List<String> reasons) {
        super(String.join("; ", reasons));
    }
}
