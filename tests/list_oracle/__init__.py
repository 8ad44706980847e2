"""A second, naive reading of lists, made from the page about the samples alone, to hold ours against."""
