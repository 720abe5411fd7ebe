"""Write a GGUF file: a Llama of one layer with random weights, whose tokens are bytes.

python tiny_model.py FILE
"""

import sys

import gguf
import numpy as np

EMBEDDING, HEADS, CONTEXT = 64, 4, 65_536
SPECIAL = ["<|end|>", "<|im_start|>", "<|im_end|>"]
MERGES = [("t", "h"), ("th", "e"), ("i", "n")]  # llama.cpp asks for some
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)


def byte_tokens() -> list[str]:
    """Return the characters by which GPT-2's vocabulary names the 256 bytes."""
    named = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in named else chr(next(others)) for byte in range(256)]


def write(file: str) -> None:
    dice = np.random.default_rng(7)
    tokens = [*byte_tokens(), *SPECIAL, *("".join(merge) for merge in MERGES)]
    kinds = [gguf.TokenType.CONTROL if one in SPECIAL else gguf.TokenType.NORMAL for one in tokens]
    model = gguf.GGUFWriter(file, "llama")
    model.add_context_length(CONTEXT)
    model.add_embedding_length(EMBEDDING)
    model.add_block_count(1)
    model.add_feed_forward_length(2 * EMBEDDING)
    model.add_head_count(HEADS)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(EMBEDDING // HEADS)
    model.add_vocab_size(len(tokens))
    model.add_tokenizer_model("gpt2")
    model.add_tokenizer_pre("gpt-2")
    model.add_token_list(tokens)
    model.add_token_types(kinds)
    model.add_token_merges([" ".join(merge) for merge in MERGES])
    model.add_bos_token_id(tokens.index(SPECIAL[0]))
    model.add_eos_token_id(tokens.index(SPECIAL[2]))
    model.add_chat_template(TEMPLATE)

    def add(name: str, *shape: int) -> None:
        model.add_tensor(f"{name}.weight", (0.6 * dice.standard_normal(shape)).astype(np.float32))

    add("token_embd", len(tokens), EMBEDDING)
    add("output", len(tokens), EMBEDDING)
    for norm in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        model.add_tensor(f"{norm}.weight", np.ones(EMBEDDING, np.float32))
    for name in ("q", "k", "v", "output"):
        add(f"blk.0.attn_{name}", EMBEDDING, EMBEDDING)
    add("blk.0.ffn_gate", 2 * EMBEDDING, EMBEDDING)
    add("blk.0.ffn_up", 2 * EMBEDDING, EMBEDDING)
    add("blk.0.ffn_down", EMBEDDING, 2 * EMBEDDING)
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


if __name__ == "__main__":
    write(sys.argv[1])
