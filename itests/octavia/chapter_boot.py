# SPDX-License-Identifier: Apache-2.0
"""The amphora has booted and knows of no load balancer yet."""

import controller
import health
import requests
import urllib3
from checks import Chapter, expect, refused
from octavia.amphorae.driver_exceptions import exceptions as driver_exceptions
from octavia.amphorae.drivers.haproxy import exceptions

chapter = Chapter("boot")
urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # where only the client's certificate matters


@chapter.check("GET // tells the API version")
def discovery(life):
    life.amphora.api_version = None
    version = life.driver._populate_amphora_api_version(life.amphora)
    expect(version == [1, 0], f"version {version}")
    return f"api_version {life.amphora.api_version}"


@chapter.check("info names the versions that the controller reads")
def info(life):
    told = life.driver.get_info(life.amphora, raise_retry_exception=True)
    wanted = {"hostname", "haproxy_version", "api_version", "keepalived_version", "ipvsadm_version"}
    expect(wanted <= set(told) and all(isinstance(told[key], str) for key in wanted), f"info {told}")
    major, minor = map(int, life.driver._get_haproxy_versions(life.amphora))
    expect(major >= 2, f"HAProxy {major}.{minor}")
    return f"HAProxy {told['haproxy_version']}, hostname {told['hostname']}"


@chapter.check("details hold numbers, and memory that HAProxy may have")
def details(life):
    told = life.client.get_details(life.amphora)
    memory = told["memory"]
    free = memory["free"] + memory["buffers"] + memory["cached"]
    expect(0 < free <= memory["total"], f"memory {memory}")
    expect(told["haproxy_count"] == 0 and told["listeners"] == [] and told["active"] is True, f"details {told}")
    numbers = [told["cpu"]["total"], told["disk"]["used"], told["disk"]["available"], *map(float, told["load"])]
    expect(all(isinstance(n, (int, float)) for n in numbers), f"cpu, disk, load {numbers}")
    return f"{free // 1024} of {memory['total'] // 1024} MiB offered to HAProxy"


@chapter.check("a server certificate of another amphora is refused by the client")
def stranger_amphora(life):
    other = controller.amphora(controller.identity())
    error = refused(driver_exceptions.AmpConnectionRetry,
                    lambda: controller.driver().get_info(other, raise_retry_exception=True))
    expect("doesn't match" in str(error), str(error))
    return "hostname of the certificate doesn't match; the worker would try again"


@chapter.check("a client without a certificate, or with somebody else's, ends in the handshake")
def strangers(life):
    url = f"https://{life.amphora.lb_network_ip}:9443/"
    other = life.world.authority.__class__(f"{life.world.directory}/stranger", "somebody else").issue("controller")
    for certificate in (None, other):
        error = refused(requests.exceptions.ConnectionError,
                        lambda: requests.get(url, verify=False, cert=certificate, timeout=10))
    return f"refused: {str(error)[-60:]}"


@chapter.check("an unknown path is NotFound at once, not tried again")
def unknown_path(life):
    error = refused(exceptions.NotFound, lambda: life.raw("get", "no/such/thing"))
    answer = life.client.request("get", life.amphora, "no/such/thing")
    expect("application/json" in answer.headers["content-type"] and answer.json()["http_code"] == 404, answer.text)
    return f"{error.code} {answer.text[:60]}"


@chapter.check("a wrong method is InvalidRequest, told as JSON 405")
def wrong_method(life):
    answer = life.client.request("put", life.amphora, "info")
    expect(answer.status_code == 405 and answer.json()["http_code"] == 405, f"{answer.status_code} {answer.text}")
    refused(exceptions.InvalidRequest, lambda: life.raw("put", "info"))
    return answer.text[:60]


@chapter.check("another API version is NotFound")
def other_version(life):
    life.amphora.api_version = "0.5"
    try:
        refused(exceptions.NotFound, lambda: life.driver.clients["0.5"].get_info(life.amphora))
    finally:
        life.amphora.api_version = "1.0"
    return "404"


@chapter.check("unknown load balancers: start is NotFound, delete is done, an unknown action is InvalidRequest")
def unknown_load_balancer(life):
    nobody = controller.identity()
    refused(exceptions.NotFound, lambda: life.client.start_listener(life.amphora, nobody))
    refused(exceptions.NotFound, lambda: life.client.reload_listener(life.amphora, nobody))
    life.client.delete_listener(life.amphora, nobody)
    refused(exceptions.InvalidRequest, lambda: life.raw("put", f"loadbalancer/{nobody}/dance"))
    return "as Octavia's agent answers"


@chapter.check("heartbeats of an amphora without listeners keep it alive")
def empty_heartbeat(life):
    beat = life.health.await_beat("of the empty amphora", lambda b: b["id"] == life.amphora.id)
    expect(beat["listeners"] == {} and beat["pools"] == {} and beat["ver"] == 3, f"heartbeat {beat}")
    verdict = health.judge(beat, life.lb)
    expect(verdict.healthy and not verdict.statuses, f"verdict {verdict.__dict__}")
    return f"{beat}"
