# SPDX-License-Identifier: Apache-2.0
"""What the chapters of the story share: the cloud, Octavia's worker and health manager, and what they have made so far."""

import controller
from health import HealthManager
from octavia.amphorae.drivers.haproxy import exceptions
from world import World


class Life:
    def __init__(self):
        self.world = World()

    def begin(self):
        """Builds the cloud and boots the amphora; gives the seconds until its REST answered."""
        world = self.world
        world.build()
        controller.configure(world.directory, world.amphora.data, world.authority.certificate, world.amphora.client)
        self.health = HealthManager()
        seconds = world.boot(controller.agent_configuration(world.amphora.id))
        self.amphora = controller.amphora(world.amphora.id)
        self.lb = controller.load_balancer(self.amphora)
        self.driver = controller.driver()
        return seconds

    @property
    def client(self):
        return self.driver.clients["1.0"]

    def raw(self, method, path, **request):
        """A call as the driver makes it, with the answer itself; raises what the driver would for its status."""
        return exceptions.check_exception(self.client.request(method, self.amphora, path, **request))

    def interface_config(self):
        return {self.amphora.id: controller.network_config(self.amphora)}

    def update(self):
        """ListenersUpdate: what the worker calls for every change of listeners, pools and members."""
        self.driver.update(self.lb)

    def listener_ids(self):
        return sorted(row["uuid"] for row in self.client.get_all_listeners(self.amphora))
