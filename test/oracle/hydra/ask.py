"""Answers questions, one JSON object a line, until its input ends: for the fuzzer."""
import json
import sys

from real_hydra import answer, parse

for line in sys.stdin:
    request = json.loads(line)
    reply = parse(request["text"]) if request.get("what") == "parse" else answer(request)
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
