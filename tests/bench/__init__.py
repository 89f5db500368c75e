"""What it costs, one bench a file: `./run bench NAME`. Each measures both sides in one run, since machines differ.

A bench is a module with a `main()` that prints a table. `docs/benchmarks.md` keeps the tables that were measured last.
"""
