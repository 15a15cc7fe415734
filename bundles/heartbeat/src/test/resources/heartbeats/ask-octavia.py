# SPDX-License-Identifier: Apache-2.0
# Octavia's own two ends of a heartbeat (Debian's python3-octavia), for the tests: "seal N KEY" prints N datagrams of made-up
# messages and the messages; "open KEY" prints the messages in the datagrams of standard input. One a line, datagrams in hex.
import binascii
import json
import random
import sys

from octavia.amphorae.backends.health_daemon import status_message


def uuid(rand):
    return "%08x-0000-4000-8000-%012x" % (rand.getrandbits(32), rand.getrandbits(48))


def message(rand, number):
    listeners, pools = {}, {}
    for _ in range(rand.randint(0, 5)):
        listener = uuid(rand)
        stats = {key: rand.choice([0, 1, rand.getrandbits(16), rand.getrandbits(60)])
                 for key in ("tx", "rx", "conns", "totconns", "ereq")}
        listeners[listener] = {"status": rand.choice(["OPEN", "FULL"]), "stats": stats}
        words = ["UP", "DOWN", "UP 1/3", "DOWN 1/2", "DRAIN", "MAINT", "no check"]
        members = {uuid(rand): rand.choice(words) for _ in range(rand.randint(0, 8))}
        pools[uuid(rand) + ":" + listener] = {"status": rand.choice(["UP", "DOWN"]), "members": members}
    return {"id": uuid(rand), "seq": number, "listeners": listeners, "pools": pools, "ver": 3}


if sys.argv[1] == "seal":
    generator = random.Random(7)
    for i in range(int(sys.argv[2])):
        one = message(generator, i)
        print(status_message.wrap_envelope(one, sys.argv[3]).hex(), json.dumps(one), sep="\t")
else:
    for line in sys.stdin:
        print(json.dumps(status_message.unwrap_envelope(binascii.unhexlify(line.strip()), sys.argv[2])))
