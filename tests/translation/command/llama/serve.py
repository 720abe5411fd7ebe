"""Serve a GGUF file with llama.cpp's own server and print its address.

python serve.py FILE PORT KEY
"""

import sys
import time

import xllamacpp


def serve(file: str, port: int, key: str) -> None:
    params = xllamacpp.CommonParams()
    params.model.path = file
    params.port = port
    params.api_keys = [key]
    params.n_ctx, params.n_parallel = 12_288, 2  # few, so that endless answers end soon
    params.force_pure_content_parser = True
    params.cpuparams.n_threads = 1
    params.warmup = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(3_600)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3])
