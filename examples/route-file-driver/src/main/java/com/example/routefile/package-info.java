// SPDX-License-Identifier: Apache-2.0
/** A distributor driver as anybody could write one. */
@NullMarked
package com.example.routefile;

import org.jspecify.annotations.NullMarked;
