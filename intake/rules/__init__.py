"""Rules decide and touch nothing: arguments in, verdict out. The time is an argument; there is no I/O."""
