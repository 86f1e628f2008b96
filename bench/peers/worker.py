"""transformers, as the benchmark asks for it: `python worker.py CHECKPOINT`, a folder or a GGUF file.

It loads the checkpoint and says {"ready": true}; then it answers each line of its standard input with one line. All are JSON.
    {"task": "forward", "ids": [..], "attentions": false}   {"seconds": .., "logprob": the mean of all tokens but the first}
    {"task": "passes", "ids": [..], "count": 30}            {"seconds": ..}
    {"task": "product", "size": 2048}                       {"seconds": ..}
    {"task": "numbers", "ids": [..]}                        {"float64": {..}, "float32": {..}}, of `numbers` below
"""

import json
import math
import signal
import sys
import time
from pathlib import Path

import torch
import transformers
from reference import Reference

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


def passes(model: transformers.PreTrainedModel, ids: list[int], count: int) -> dict:
    """Forward passes, one after another, of which nothing is computed but the logits."""
    model.set_attn_implementation("sdpa")
    batch = torch.tensor([ids])
    started = time.perf_counter()
    for _ in range(count):
        model(batch, use_cache=False)
    return {"seconds": time.perf_counter() - started}


def product(size: int) -> dict:
    """The fastest of five float32 matrix products."""
    a, b, result = torch.rand(size, size), torch.rand(size, size), torch.empty(size, size)
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        torch.mm(a, b, out=result)
        seconds.append(time.perf_counter() - started)
    return {"seconds": min(seconds)}


def numbers(model: transformers.PreTrainedModel, ids: list[int]) -> dict:
    """What a text is held to, in float64, and what transformers computes of it in float32."""
    model.set_attn_implementation("eager")
    last = []
    hook = model.model.norm.register_forward_pre_hook(lambda _, inputs: last.append(inputs[0]))
    output = model(torch.tensor([ids]), use_cache=False, output_attentions=True, output_hidden_states=True)
    hook.remove()
    # The last of the hidden states has been through the final norm already.
    residual = [state[0] for state in (*output.hidden_states[:-1], last[0])]
    float32 = summary(residual, lambda x: model.lm_head(model.model.norm(x)), torch.cat(output.attentions), ids)
    reference = Reference(model)
    residual, patterns = reference.forward(ids)
    return {"float64": summary(residual, reference.logits, patterns, ids), "float32": float32}


def summary(residual: list[torch.Tensor], logits, patterns: torch.Tensor, ids: list[int]) -> dict:
    """Logprobs of the tokens but the first [T - 1], entropies in bits [T], logprobs of the next token if the model stopped
    before each layer [L, T - 1], and the weights of the last query [L, H, T]."""
    following = torch.tensor(ids)[1:, None]
    logprobs = [torch.log_softmax(logits(x), -1) for x in residual]
    lens = torch.stack([of_layer[:-1].gather(1, following)[:, 0] for of_layer in logprobs])
    entropy = -(logprobs[-1].exp() * logprobs[-1]).sum(-1) / math.log(2)
    values = {"logprob": lens[-1], "entropy": entropy, "lens": lens[:-1], "attention": patterns[:, :, -1]}
    return {name: value.flatten().tolist() for name, value in values.items()}


def answer(value: dict) -> None:
    print(json.dumps(value), flush=True)


def main() -> None:
    model = load(Path(sys.argv[1]))
    answer({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        if request["task"] == "forward":
            answer(forward(model, request["ids"], request["attentions"]))
        elif request["task"] == "passes":
            answer(passes(model, request["ids"], request["count"]))
        elif request["task"] == "numbers":
            answer(numbers(model, request["ids"]))
        else:
            answer(product(request["size"]))


if __name__ == "__main__":
    main()
