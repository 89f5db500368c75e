"""The whole service played through one invented month: a province, its registry, its mail and its people's decisions.

Nothing here is used outside the demo, and nothing here is real: no province, person, address or deadline.
"""
