"""Progress bars: on a terminal after one second, nothing in a pipe."""

from functools import partial

from tqdm import tqdm

# The thread by which tqdm watches its bars would hear the signals that the main thread blocks while
# it starts a worker process, and interrupt that.
tqdm.monitor_interval = 0

progress_bar = partial(tqdm, disable=None, delay=1, leave=False)
