"""Answers questions, one JSON object a line, until its input ends: for the fuzzer. What takes too long (lists that lead back and double) is no question."""
import json
import signal
import sys

from real_hydra import answer, parse

SECONDS = 20


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong


signal.signal(signal.SIGALRM, give_up)
for line in sys.stdin:
    request = json.loads(line)
    signal.alarm(SECONDS)
    try:
        reply = parse(request["text"]) if request.get("what") == "parse" else answer(request)
    except TooLong:
        reply = {"tooLong": True}
    signal.alarm(0)
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
