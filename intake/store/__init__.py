"""The only SQL, and the folder of raw messages."""
