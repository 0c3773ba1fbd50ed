"""Answers questions, one JSON object a line, until its input ends: for the fuzzer. What takes too long (lists that lead back and double) is no question."""
import gc
import json
import os
import signal
import sys
import tempfile

import quick_hydra  # noqa: F401
from real_hydra import answer, parse

# of this process, however busy the machine is
SECONDS = 4


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong


# configs are circles of objects: collected often, they cost a third of the time
gc.freeze()
gc.set_threshold(100_000, 50, 50)
if os.path.isdir("/dev/shm"):
    tempfile.tempdir = "/dev/shm"
signal.signal(signal.SIGPROF, give_up)
for line in sys.stdin:
    request = json.loads(line)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reply = parse(request["text"]) if request.get("what") == "parse" else answer(request)
    except TooLong:
        reply = {"tooLong": True}
    signal.setitimer(signal.ITIMER_PROF, 0)
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
