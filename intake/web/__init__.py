"""What the service shows over HTTP: to people the console, to monitoring systems how it is."""
