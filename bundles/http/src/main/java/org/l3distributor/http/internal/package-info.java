// SPDX-License-Identifier: Apache-2.0
/** The HTTPS listener: Jetty with mutual TLS, its PEM files watched, in front of Felix's HTTP whiteboard. */
@NullMarked
package org.l3distributor.http.internal;

import org.jspecify.annotations.NullMarked;
