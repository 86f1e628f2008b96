"""llama.cpp, as the benchmark of larger models asks for it: `python llama.py MODEL.gguf THREADS`.

It loads the model and says {"ready": true}; then it answers each line of its standard input with one line. All are JSON.
    {"task": "read", "ids": [..]}       {"seconds": ..}, logits of the last token only
    {"task": "continue", "count": 16}   {"seconds": ..}, of what was read last
"""

import json
import signal
import sys
import time

from llama_cpp import Llama

# Ctrl-C ends it at once, without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

# One token more than the longest text, and what is continued.
CONTEXT = 2048 + 64


def answer(value: dict) -> None:
    print(json.dumps(value), flush=True)


def main(path: str, threads: int) -> None:
    model = Llama(path, n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False)
    answer({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        if request["task"] == "read":
            model.reset()
        started = time.perf_counter()
        if request["task"] == "read":
            model.eval(request["ids"])
        else:
            for _ in range(request["count"]):
                model.eval([model.sample(temp=0)])
        answer({"seconds": time.perf_counter() - started})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
