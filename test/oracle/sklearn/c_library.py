"""exp and log1p of the C library, as boosting meets them. Usage: python c_library.py OUT_DIR"""
import json
import math
import random
import sys
from pathlib import Path

random.seed(2)
tail = [0.0, -0.0, 1.0, -1.0, 1e-10, 1e-20, 36.9, -36.9, 300.5, -300.5]
answers = {
    "exp": [[x, math.exp(x)] for x in [*tail, *(random.gauss(0, 3) for _ in range(3000))]],
    "log1p": [[x, math.log1p(x)] for x in [*(x for x in tail if x > -1), *(random.uniform(-0.4, 0.3) for _ in range(3000))]],
}
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / "c-library.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
