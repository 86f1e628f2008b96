"""A GGUF file, its tensors written one after the other."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType
from gguf.quants import quant_shape_to_byte_shape

from shapes import Shape


def write(path: Path, shape: Shape, file_type: LlamaFileType, add_vocabulary: Callable[[GGUFWriter, int], None], tensors: Iterable[tuple[str, GGMLQuantizationType, Callable[[], np.ndarray]]]) -> None:
    """`tensors`: name, type, and what makes the bytes; never more than one is in memory."""
    writer = GGUFWriter(path, shape.model_type)
    writer.add_name(shape.name)
    writer.add_file_type(file_type)
    writer.add_context_length(32768)
    writer.add_embedding_length(shape.hidden_size)
    writer.add_block_count(shape.num_hidden_layers)
    writer.add_feed_forward_length(shape.intermediate_size)
    writer.add_head_count(shape.num_attention_heads)
    writer.add_head_count_kv(shape.num_key_value_heads)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_rope_dimension_count(shape.head_dim)
    writer.add_rope_freq_base(shape.rope_theta)
    writer.add_layer_norm_rms_eps(shape.rms_norm_eps)
    add_vocabulary(writer, shape.vocab_size)
    tensors, sizes = list(tensors), shape.tensors()
    for name, kind, _ in tensors:
        packed = quant_shape_to_byte_shape(sizes[name], kind)
        writer.add_tensor_info(name, packed, np.dtype(np.uint8), int(np.prod(packed)), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for _, _, bytes_of in tensors:
        writer.write_tensor_data(bytes_of())
    writer.close()
