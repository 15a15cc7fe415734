// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/** What a user changes of anything. */
public record HeaderChange(
        Change<String> name, Change<String> description, Change<Boolean> enabled, Change<List<String>> tags) {}
