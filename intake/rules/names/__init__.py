"""What agencies and report types are called, and which of them a text names."""
