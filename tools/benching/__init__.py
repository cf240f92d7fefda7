"""The parts of ``tools/bench.py``: the server and its processes, its visitors, and what runs inside it."""
