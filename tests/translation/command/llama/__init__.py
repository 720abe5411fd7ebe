"""A real llama.cpp server with a model that was never trained, for ``make test-wire``.

These programs run in an environment of their own, which has xllamacpp and gguf.
"""
