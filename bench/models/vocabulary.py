"""Vocabularies of a given size in which a text is one token a byte."""

import json
from pathlib import Path

from gguf import GGUFWriter, TokenType


def byte_letters() -> list[str]:
    """The letter that stands for each byte in a byte-level vocabulary (GPT-2's table)."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = iter(range(256, 512))
    return [chr(byte if byte in printable else next(others)) for byte in range(256)]


def byte_level_tokens(size: int) -> list[str]:
    letters = byte_letters()
    return [*letters, 2 * letters[0], *(f"{letters[0]}{index}" for index in range(257, size))]


def write_tokenizer(folder: Path, size: int) -> None:
    """tokenizer.json without a merge. Its end-of-text token is the last one."""
    vocabulary = {token: index for index, token in enumerate(byte_level_tokens(size))}
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "normalizer": None, "added_tokens": [], "pre_tokenizer": byte_level, "post_processor": None, "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "vocab": vocabulary, "merges": []},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": None, "eos_token": None}))


def add_byte_level(writer: GGUFWriter, size: int) -> None:
    tokens = byte_level_tokens(size)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.NORMAL] * size)
    # llama.cpp asks for a list that is not empty; no text has this pair, which is a token.
    writer.add_token_merges([f"{tokens[0]} {tokens[0]}"])
    writer.add_eos_token_id(size - 1)
    writer.add_add_bos_token(False)


def add_sentencepiece(writer: GGUFWriter, size: int) -> None:
    control = [b"<unk>", b"<s>", b"</s>"]
    byte = [f"<0x{value:02X}>".encode() for value in range(256)]
    others = [f"\u2581\u2581{index}".encode() for index in range(size - len(control) - len(byte))]
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([*control, *byte, *others])
    writer.add_token_scores([0.0] * 259 + [-float(index) for index in range(len(others))])
    writer.add_token_types([TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256, *[TokenType.NORMAL] * len(others)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
