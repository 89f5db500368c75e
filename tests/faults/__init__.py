"""A real daemon among servers, disks and clocks that fail: what is done to it, and how its promise is counted.

`office` is the daemon with all around it; `wire` spoils what an IMAP server says, `sink` is the worst of SMTP servers;
`dying` ends the process at any boundary; the `…_faults` are what docs/faults.md has a table of.
"""
