// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that stands exactly while requests get their answers: the listener opens the port when it appears and
 * closes it when it goes. It has no methods; being there is all it says (OSGi Core 8 has its Condition for this, which
 * our framework doesn't bring yet).
 */
@ConsumerType
public interface ApiAnswers {}
