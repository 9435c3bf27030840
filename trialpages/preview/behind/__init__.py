"""The whole site, made by a second process while the first one serves."""
