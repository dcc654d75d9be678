"""A recording as vector pictures and as a page, drawn without a screen."""
