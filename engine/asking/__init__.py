"""Questions that people ask of a recording, and what there is to say to each."""
