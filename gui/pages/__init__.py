"""The pages of the panel on the right, each the answer to a question."""
