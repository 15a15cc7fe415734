# SPDX-License-Identifier: Apache-2.0
"""Octavia's controller as it is configured here: its own driver, its own templates, its own data models."""

import logging
import os
import re
import uuid

from octavia.amphorae.backends.agent import agent_jinja_cfg
from octavia.amphorae.drivers.haproxy import rest_api_driver
from octavia.certificates.manager import local
from octavia.common import config  # noqa: F401  registers the options
from octavia.common import constants, data_models
from octavia.network import data_models as network_models
from oslo_config import cfg
from oslo_log import log

import fabric
import world

CONF = cfg.CONF
CONTROL = fabric.address("mgmt", 2)
HEALTH = ((CONTROL, 5555), (CONTROL, 5556), (fabric.address("mgmt", 2, 6), 5557))  # its managers


def controllers(managers):
    """As an operator writes them."""
    return [f"[{address}]:{port}" if ":" in address else f"{address}:{port}" for address, port in managers]


def configure(directory, data, server_ca, client_cert):
    """As octavia.conf would; base_path lies below the appliance's data, at both ends."""
    logging.basicConfig(filename=f"{directory}/controller.log", level=logging.INFO)
    log.register_options(CONF)
    CONF([], project="octavia", default_config_files=[], default_config_dirs=[])
    certificates = f"{directory}/secrets"
    os.makedirs(certificates)
    for group, options in {
        "haproxy_amphora": dict(base_path=f"{data}/octavia", base_cert_dir=f"{data}/octavia/certs", haproxy_cmd=f"{directory}/haproxy", server_ca=server_ca,
                                client_cert=client_cert, bind_host=world.AMPHORA, bind_port=9443,
                                connection_retry_interval=1, connection_max_retries=3, rest_request_read_timeout=60,
                                default_connection_limit=2000),  # a container may not have the file handles for 50,000
        "certificates": dict(cert_manager="local_cert_manager", storage_path=certificates),
        "health_manager": dict(heartbeat_interval=1, heartbeat_key="a-heartbeat-key",
                               controller_ip_port_list=controllers(HEALTH[:1])),
    }.items():
        for name, value in options.items():
            CONF.set_override(name, value, group=group)


def agent_configuration(amphora_id):
    """The agent's file, rendered by Octavia from its configuration."""
    return agent_jinja_cfg.AgentJinjaTemplater().build_agent_config(amphora_id, constants.TOPOLOGY_SINGLE)


def driver():
    """A worker with connections of its own."""
    return rest_api_driver.HaproxyAmphoraLoadBalancerDriver()


def patience(retries):
    CONF.set_override("connection_max_retries", retries, group="haproxy_amphora")


def identity():
    return str(uuid.uuid4())


def secret(pem):
    """Puts a certificate and its key where Octavia's certificate manager finds them; gives the reference."""
    with open(pem) as f:
        text = f.read()
    certificate, *key = re.split(r"(?=-----BEGIN (?:RSA |EC )?PRIVATE KEY-----)", text)
    return local.LocalCertManager.store_cert(None, certificate, "".join(key))


def subnet(net, family=4, host_routes=()):
    address = fabric.address(net, 0, family)
    cidr = f"{address}/24" if family == 4 else f"{fabric.NETS[net][1]}::/64"
    return network_models.Subnet(id=identity(), cidr=cidr, gateway_ip=fabric.address(net, 1, family), ip_version=family,
                                 host_routes=[network_models.HostRoute(destination=d, nexthop=h) for d, h in host_routes])


def port(net, number, host_routes=()):
    """A Neutron port with one address, as the driver gets it."""
    fixed = network_models.FixedIP(ip_address=fabric.address(net, number), subnet=subnet(net, 4, host_routes))
    return network_models.Port(id=identity(), mac_address=world.MACS[net], fixed_ips=[fixed],
                               network=network_models.Network(id=identity(), mtu=1450))


def amphora(id_, address=None):
    return data_models.Amphora(
        id=id_, status=constants.AMPHORA_ALLOCATED, lb_network_ip=address or world.AMPHORA,
        vrrp_ip=world.frontend(), ha_ip=world.VIP4, vrrp_port_id=identity(), ha_port_id=identity(),
        role=constants.ROLE_STANDALONE, vrrp_interface="eth1", vrrp_id=1, vrrp_priority=100)


def load_balancer(amp):
    lb = data_models.LoadBalancer(
        id=identity(), project_id=identity(), name="lb", enabled=True, topology=constants.TOPOLOGY_SINGLE,
        provisioning_status=constants.ACTIVE, operating_status=constants.ONLINE,
        vip=data_models.Vip(ip_address=world.VIP4), listeners=[], pools=[], amphorae=[amp],
        additional_vips=[data_models.AdditionalVip(ip_address=world.VIP6)])
    amp.load_balancer, amp.load_balancer_id = lb, lb.id
    return lb


def network_config(amp):
    """What AmphoraPostVIPPlug gets for an amphora: the VIP's port and subnet, and those of the additional VIP."""
    vrrp_port = port("front", world.NUMBER)
    vrrp_port.id = amp.vrrp_port_id
    more = network_models.AdditionalVipData(ip_address=world.VIP6, subnet=subnet("front", 6))
    return network_models.AmphoraNetworkConfig(
        amphora=amp, vip_subnet=subnet("front"), vip_port=vrrp_port, vrrp_subnet=subnet("front"), vrrp_port=vrrp_port,
        ha_subnet=subnet("front"), ha_port=vrrp_port, additional_vip_data=[more])


def member(pool, address, number, **differs):
    values = dict(id=identity(), pool_id=pool.id, pool=pool, ip_address=address, protocol_port=number, weight=1, enabled=True,
                  backup=False, provisioning_status=constants.ACTIVE, operating_status=constants.NO_MONITOR)
    one = data_models.Member(**{**values, **differs})
    pool.members.append(one)
    return one


def pool(lb, monitored=True):
    one = data_models.Pool(
        id=identity(), project_id=lb.project_id, protocol=constants.PROTOCOL_HTTP, enabled=True, members=[], listeners=[],
        lb_algorithm=constants.LB_ALGORITHM_ROUND_ROBIN, load_balancer=lb, load_balancer_id=lb.id, l7policies=[],
        provisioning_status=constants.ACTIVE, operating_status=constants.ONLINE, tls_enabled=False)
    if monitored:
        one.health_monitor = data_models.HealthMonitor(
            id=identity(), pool_id=one.id, pool=one, type=constants.HEALTH_MONITOR_HTTP, delay=1, timeout=1, fall_threshold=1,
            rise_threshold=1, http_method="GET", url_path="/", expected_codes="200", enabled=True,
            provisioning_status=constants.ACTIVE)
    lb.pools.append(one)
    return one


def listener(lb, protocol, number, default_pool=None, **differs):
    values = dict(id=identity(), project_id=lb.project_id, load_balancer=lb, load_balancer_id=lb.id, protocol=protocol,
                  protocol_port=number, connection_limit=-1, enabled=True, default_pool=default_pool, peer_port=1025,
                  pools=[default_pool] if default_pool else [], l7policies=[], sni_containers=[], insert_headers={},
                  provisioning_status=constants.ACTIVE, operating_status=constants.ONLINE)
    one = data_models.Listener(**{**values, **differs})
    if default_pool:
        default_pool.listeners.append(one)
    lb.listeners.append(one)
    return one
