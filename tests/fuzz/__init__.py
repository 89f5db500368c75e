"""Foreign bytes made by a fuzzer that follows coverage: `./run fuzz [minutes]` plays each target of `targets.py`.

What is found (an exception that nobody planned, a text that is not clean, two seconds of CPU, a hang, too much memory)
lies in `.fuzz/findings`, the smallest input of each kind, and the exit status is 1.
"""
