"""transformers, as the benchmark asks for it: `python worker.py CHECKPOINT`, a folder or a GGUF file.

It loads the checkpoint and says {"ready": true}; then it answers each line of its standard input with one line. All are JSON.
    {"task": "forward", "ids": [..], "attentions": false}   {"seconds": .., "logprob": the mean of all tokens but the first}
    {"task": "product", "size": 2048}                       {"seconds": ..}
"""

import json
import signal
import sys
import time
from pathlib import Path

import torch
import transformers

# Ctrl-C ends it at once, without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)
torch.set_grad_enabled(False)


def load(checkpoint: Path) -> transformers.PreTrainedModel:
    load_model = transformers.AutoModelForCausalLM.from_pretrained
    if checkpoint.suffix == ".gguf":
        return load_model(checkpoint.parent, gguf_file=checkpoint.name, dtype=torch.float32)
    return load_model(checkpoint, dtype=torch.float32)


def forward(model: transformers.PreTrainedModel, ids: list[int], attentions: bool) -> dict:
    """The forward pass, and the statistics that Vitrine's graph computes of every position."""
    model.set_attn_implementation("eager" if attentions else "sdpa")
    batch = torch.tensor([ids])
    started = time.perf_counter()
    output = model(batch, use_cache=False, output_attentions=attentions)
    logprobs = torch.log_softmax(output.logits[0], -1)
    target = logprobs[:-1].gather(1, batch[0, 1:, None])
    _rank = (logprobs[:-1] > target).sum(-1)
    _top = logprobs.topk(10)
    _entropy = -(logprobs.exp() * logprobs).sum(-1)
    return {"seconds": time.perf_counter() - started, "logprob": target.mean().item()}


def product(size: int) -> dict:
    """The fastest of five float32 matrix products."""
    a, b, result = torch.rand(size, size), torch.rand(size, size), torch.empty(size, size)
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        torch.mm(a, b, out=result)
        seconds.append(time.perf_counter() - started)
    return {"seconds": min(seconds)}


def answer(value: dict) -> None:
    print(json.dumps(value), flush=True)


def main() -> None:
    model = load(Path(sys.argv[1]))
    answer({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        if request["task"] == "forward":
            answer(forward(model, request["ids"], request["attentions"]))
        else:
            answer(product(request["size"]))


if __name__ == "__main__":
    main()
