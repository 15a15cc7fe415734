# SPDX-License-Identifier: Apache-2.0
# Runs OpenStack's client, by its own entry point, once for each line of arguments (a JSON list) on standard input; its start
# takes longer than all its calls. Answers with a line of JSON each: {"status": ..., "out": ..., "err": ...}.
import contextlib
import io
import json
import sys

from openstackclient import shell

for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = shell.main(json.loads(line))
        except SystemExit as end:
            status = end.code
    print(json.dumps({"status": status, "out": out.getvalue(), "err": err.getvalue()}), flush=True)
