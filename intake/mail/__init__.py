"""The RFC room: bytes to messages, messages to bytes, mailboxes and transports. It knows no agency."""
