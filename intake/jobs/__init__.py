"""One file, one job. A job takes rows from one table and puts rows in another; jobs never call each other."""
