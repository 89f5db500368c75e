"""What the office asks and decides, for the command line and the console alike: standing, plans, reviews, changes."""
