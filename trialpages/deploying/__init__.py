"""Bringing a built site to where it is served: what has changed, in which order, and what guards it."""
