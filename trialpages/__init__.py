"""trialpages: static pages about clinical trials that patients can understand and trust."""

__version__ = "0.1.0"
