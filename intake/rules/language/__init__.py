"""Vietnamese as offices write it: words compared, phrases and periods found in running text. Knows no registry."""
