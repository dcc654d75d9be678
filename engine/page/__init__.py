"""A walk as a page: the steps, and the questions that can be asked about it, as HTML."""
