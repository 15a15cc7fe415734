// SPDX-License-Identifier: Apache-2.0
/**
 * The port to whoever makes the machines that amphorae are. Drivers are OSGi services with the property {@link
 * org.l3distributor.distributor.compute.ComputeDriver#TYPE}. Every method of a driver may be called from any thread and
 * returns at once.
 *
 * <p>A driver for OpenStack's Compute service fits, call by call:
 *
 * <table>
 * <caption>the port and Nova's API</caption>
 * <tr><td>{@code create}</td><td>{@code GET /servers/detail?name=^NAME$} first, since a lost answer leaves a server
 * behind; else {@code POST /servers} with {@code name}, {@code metadata.amphora_id}, {@code networks: [{port: ID}, ...]} in
 * the order of {@code ports}, {@code config_drive: true}, and the files as {@code personality} (microversion below 2.57)
 * or as {@code write_files} in {@code user_data}; the wish as {@code availability_zone}</td></tr>
 * <tr><td>{@code find}</td><td>{@code GET /servers/detail?name=^NAME$}; BUILD is BUILDING, ACTIVE is ACTIVE, ERROR is
 * ERROR with {@code fault.message}; the failure domain is {@code OS-EXT-SRV-ATTR:hypervisor_hostname}, else the
 * availability zone</td></tr>
 * <tr><td>{@code delete}</td><td>{@code DELETE /servers/ID}; a 404 is done</td></tr>
 * <tr><td>{@code attach}, {@code detach}</td><td>{@code POST /servers/ID/os-interface}, {@code DELETE
 * /servers/ID/os-interface/PORT}; a 404 of the latter is done</td></tr>
 * <tr><td>{@code list}</td><td>{@code GET /servers/detail?name=^amphora-}, page by page</td></tr>
 * </table>
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.compute;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
