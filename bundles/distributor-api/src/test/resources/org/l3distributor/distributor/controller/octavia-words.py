#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Asks Octavia's own types (Debian's python3-octavia) what they say to each field of each create, and writes octavia-words.tsv.
# Usage: ./octavia-words.py > octavia-words.tsv
import json

import wsme.types
from octavia.api.v2.types import health_monitor, listener, load_balancer, member, pool
from wsme import exc
from wsme.rest import json as reader

ID = "11111111-1111-4111-8111-111111111111"
CREATES = {
    "loadbalancer": ("load_balancer", load_balancer.LoadBalancerRootPOST, {"vip_subnet_id": ID}),
    "listener": ("listener_", listener.ListenerRootPOST,
                 {"protocol": "HTTP", "protocol_port": 80, "loadbalancer_id": ID}),
    "pool": ("pool_", pool.PoolRootPOST, {"protocol": "HTTP", "lb_algorithm": "ROUND_ROBIN", "loadbalancer_id": ID}),
    "member": ("member_", member.MemberRootPOST, {"address": "192.0.2.1", "protocol_port": 80}),
    "healthmonitor": ("health_monitor_", health_monitor.HealthMonitorRootPOST,
                      {"type": "HTTP", "delay": 5, "timeout": 3, "max_retries": 3, "pool_id": ID}),
}
VALUES = ["5", "-1", "99999999999", "1.5", '"x"', '""', '"5"', "true", '"true"', "null", "[]", "{}", '["x"]', "long"]


def words(argument, kind, body):
    """What is said; '' when nothing is wrong, '*' where Octavia fails (500) or says the whole body instead of the field."""
    try:
        reader.parse(json.dumps(body), {argument: kind}, True)
        return ""
    except exc.InvalidInput as fault:
        return "*" if fault.fieldname == argument else ordered(fault.faultstring)
    except exc.ClientSideError as fault:
        return fault.faultstring
    except Exception:
        return "*"


def ordered(said):
    """The words that may be used come out of a set, in any order."""
    before, one_of, after = said.partition("one of: ")
    return before + one_of + ", ".join(sorted(after.split(", ")))


for root, (argument, kind, base) in CREATES.items():
    inner = next(a for a in wsme.types.list_attributes(kind) if a.name == root).datatype
    for field in sorted(a.name for a in wsme.types.list_attributes(inner)):
        for value in VALUES:
            given = "y" * 256 if value == "long" else json.loads(value)
            said = words(argument, kind, {root: {**base, field: given}})
            print(root, field, value, said.replace("y" * 256, "LONG"), sep="\t")
    for field in base:
        print(root, field, "missing", words(argument, kind, {root: {k: v for k, v in base.items() if k != field}}), sep="\t")
    print(root, "foo", "5", words(argument, kind, {root: {**base, "foo": 5}}), sep="\t")
